import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../support/run.ts";

/** Creates a repository in a folder, with an author, and without a remote. The `.npmrc` is not part of it. */
export async function initialize(folder: string): Promise<void> {
  await run("git", ["init", "--quiet"], { cwd: folder });
  await run("git", ["config", "user.name", "Rehearsal"], { cwd: folder });
  await run("git", ["config", "user.email", "rehearsal@example.com"], { cwd: folder });
  await writeFile(join(folder, ".git/info/exclude"), ".npmrc\n");
}

export async function commitAll(folder: string, message: string): Promise<void> {
  await run("git", ["add", "--all"], { cwd: folder });
  await run("git", ["commit", "--quiet", "--message", message], { cwd: folder });
}

export async function tagsOf(folder: string): Promise<string[]> {
  return (await run("git", ["tag", "--list"], { cwd: folder })).split("\n").filter((tag) => tag !== "");
}
