import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { TestContext } from "vitest";
import { deployed, PATH, reasonWithout } from "../support/programs.ts";

/** The folder of the files for operators. */
export const deployFolder = deployed("");

/** Skips the test if a tool of Debian is not installed. */
export function needsTool({ skip }: TestContext, command: string, debianPackage: string): void {
  const reason = reasonWithout(command, debianPackage);
  skip(reason !== undefined, reason);
}

/** Runs a command in that folder. @returns its output; rejects with it if the command fails */
export async function runTool(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(command, args, {
    cwd: deployFolder,
    env: { ...process.env, PATH },
  });
  return stdout + stderr;
}
