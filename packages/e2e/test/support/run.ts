import { execFile } from "node:child_process";

/**
 * Runs a program without a shell, and waits until it exits.
 *
 * @returns its standard output
 * @throws {Error} with all its output, if it fails
 */
export function run(
  program: string,
  args: string[],
  { cwd, env }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      reject(new Error(`${program} ${args.join(" ")} failed\n${stdout}${stderr}`, { cause: error }));
    });
  });
}
