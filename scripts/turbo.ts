import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Path of the repository, with a trailing slash. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Variables that disable the telemetry of turbo and of the tools that its tasks run. turbo.json passes them to the tasks. */
export const telemetryOptOut = {
  DO_NOT_TRACK: "1",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  REDOCLY_TELEMETRY: "off",
  TURBO_TELEMETRY_DISABLED: "1",
};

export interface TurboOptions {
  /** Additional environment variables. */
  environment?: NodeJS.ProcessEnv;
  /** Prints the output only if a task fails. */
  silent?: boolean;
}

/**
 * Runs tasks of turbo.json, and forwards a SIGTERM to them.
 *
 * @param tasks the arguments of `turbo run`
 * @returns the exit code. After a SIGTERM it is 143, although turbo itself may exit with 0.
 */
export async function turbo(tasks: readonly string[], { environment, silent }: TurboOptions = {}): Promise<number> {
  const child = spawn(process.execPath, [require.resolve("turbo"), "run", ...tasks], {
    cwd: root,
    env: { ...process.env, ...telemetryOptOut, ...environment },
    stdio: silent ? ["inherit", "pipe", "pipe"] : "inherit",
  });
  const output: Buffer[] = [];
  child.stdout?.on("data", (chunk) => output.push(chunk));
  child.stderr?.on("data", (chunk) => output.push(chunk));
  let isStopped = false;
  const stop = () => {
    isStopped = child.kill("SIGTERM");
  };
  process.on("SIGTERM", stop);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(isStopped ? 143 : (code ?? 1)));
  });
  process.off("SIGTERM", stop);
  if (exitCode !== 0) process.stderr.write(Buffer.concat(output));
  return exitCode;
}

if (import.meta.main) process.exitCode = await turbo(process.argv.slice(2));
