import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** Folder of the whole repo, with a slash at its end. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Keeps turbo and the tools of its tasks from phoning home. turbo.json lets these through to the tasks. */
export const quiet = {
  DO_NOT_TRACK: "1",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  REDOCLY_TELEMETRY: "off",
  TURBO_TELEMETRY_DISABLED: "1",
};

export interface TurboOptions {
  /** Variables beside those of this process. */
  environment?: NodeJS.ProcessEnv;
  /** Says nothing unless a task fails. */
  silent?: boolean;
}

/**
 * Runs tasks of turbo.json, and passes a SIGTERM on to them.
 *
 * @param tasks what follows `turbo run`
 * @returns the exit code; 143 after a SIGTERM, where turbo's own may be 0
 */
export async function turbo(tasks: readonly string[], { environment, silent }: TurboOptions = {}): Promise<number> {
  const child = spawn(process.execPath, [require.resolve("turbo"), "run", ...tasks], {
    cwd: root,
    env: { ...process.env, ...quiet, ...environment },
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
