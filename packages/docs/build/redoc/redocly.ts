import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const program = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
const cwd = fileURLToPath(new URL("../..", import.meta.url));

// It also decides whether the page reports to Redocly what its readers do.
const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };

/** Runs the Redocly command line with the `redocly.yaml` of this package. */
export async function redocly(...given: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [program, ...given], { cwd, env });
}
