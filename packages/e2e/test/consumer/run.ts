import { execFile } from "node:child_process";

/**
 * Runs a program to its end, without a shell.
 *
 * @returns what it printed
 * @throws {Error} with all that it printed, if it fails
 */
export function run(
  program: string,
  given: string[],
  { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(program, given, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      reject(new Error(`${program} ${given.join(" ")} failed\n${stdout}${stderr}`, { cause: error }));
    });
  });
}
