import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "../turbo.ts";

/**
 * Copies the files of this repository that Git does not ignore to a new folder, which is a Git repository.
 *
 * @param isNeeded by default, every file is copied
 */
export async function repositoryCopy(
  isNeeded: (file: string) => boolean = () => true,
): Promise<AsyncDisposable & { folder: string }> {
  const git = (cwd: string, ...options: string[]) => promisify(execFile)("git", options, { cwd, maxBuffer: 2 ** 26 });
  const { stdout } = await git(root, "ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "-z");
  const folder = await mkdtemp(join(tmpdir(), "repository-copy-"));
  for (const file of stdout.split("\0").filter((each) => each !== "" && isNeeded(each))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // A file that was deleted may still be in the index.
    await cp(join(root, file), join(folder, file)).catch(() => {});
  }
  await git(folder, "init", "--quiet");
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
