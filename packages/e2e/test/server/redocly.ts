import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const command = join(require.resolve("@redocly/cli/package.json"), "..", "bin", "cli.js");

/** The `dist` folder of `@memory-api/spec`. */
export const contractFolder = join(require.resolve("@memory-api/spec/openapi.yaml"), "..");

export interface CommandResult {
  readonly exitCode: number;
  /** Standard output and standard error. */
  readonly output: string;
}

/** Runs the `redocly` command in {@link contractFolder}. */
export function redocly(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  const env = { ...process.env, ...environment, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const options = { cwd: contractFolder, env, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) => {
      resolve({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}
