import { pathToFileURL } from "node:url";
import { stopWithLaunchers } from "./launchers.ts";
import { root, turbo } from "./turbo.ts";

/**
 * Builds a package with its dependencies, then runs its command in this process, with the arguments of this process.
 *
 * @param others more tasks of turbo.json that the command needs
 */
export async function buildAndRun(name: string, others: readonly string[] = []): Promise<void> {
  stopWithLaunchers();
  console.log(`Building the ${name} …`);
  const tasks = ["@memory-api/types#generate", `@memory-api/${name}#build`, ...others];
  const exitCode = await turbo(tasks, { silent: true });
  if (exitCode !== 0) process.exit(exitCode);
  // A URL, because Windows cannot import a path with a drive letter.
  await import(pathToFileURL(`${root}packages/${name}/dist/cli.js`).href);
}
