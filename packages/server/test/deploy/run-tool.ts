import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestContext } from "vitest";

/** The folder of the files for operators. */
export const deployFolder = fileURLToPath(new URL("../../../../deploy/", import.meta.url));

/** Skips the test if a tool of Debian is not installed. */
export function needsTool({ skip }: TestContext, command: string, debianPackage: string): void {
  const { error } = spawnSync(command, ["--version"]);
  skip(error !== undefined, `${command} is not installed: apt-get install ${debianPackage}`);
}

/** Runs a command in that folder. @returns its output; rejects with it if the command fails */
export async function runTool(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: deployFolder });
  return stdout + stderr;
}
