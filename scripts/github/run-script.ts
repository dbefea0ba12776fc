import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Runs a script as a workflow does. Returns what it prints, or rejects if it fails. */
export async function runScript(file: string, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], {
    env: { ...process.env, ...environment },
  });
  return stdout;
}
