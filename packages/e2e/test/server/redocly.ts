import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const command = join(require.resolve("@redocly/cli/package.json"), "..", "bin", "cli.js");

/** Folder of what the contract's package publishes. */
export const contractFolder = join(require.resolve("@memory-api/spec/openapi.yaml"), "..");

export interface CommandResult {
  readonly exitCode: number;
  /** What it printed, of either kind. */
  readonly output: string;
}

/** Runs Redocly's command in the folder of the contract. */
export function redocly(given: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  const env = { ...process.env, ...environment, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const options = { cwd: contractFolder, env, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...given], options, (error, stdout, stderr) => {
      resolve({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}
