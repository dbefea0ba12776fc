import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Returns the files that differ from the last commit, and new ones that Git does not ignore. Without deleted files. */
export async function changedFiles(folder: string): Promise<string[]> {
  const lists = [
    ["diff", "--name-only", "--diff-filter=d", "-z", "HEAD"],
    ["ls-files", "--others", "--exclude-standard", "-z"],
  ];
  const outputs = lists.map((options) => promisify(execFile)("git", options, { cwd: folder, maxBuffer: 2 ** 26 }));
  return (await Promise.all(outputs)).flatMap(({ stdout }) => stdout.split("\0").filter((file) => file !== ""));
}
