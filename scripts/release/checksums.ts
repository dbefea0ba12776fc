import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const FILE = "SHA256SUMS";

/**
 * Writes the checksums of files to `SHA256SUMS`, in the format of `sha256sum`.
 *
 * @param paths in the folder
 * @returns the SHA-256 of `SHA256SUMS`, which stands for all files
 */
export async function writeChecksums(folder: string, paths: readonly string[]): Promise<string> {
  const lines = await Promise.all(paths.map(async (path) => `${await sha256(join(folder, path))}  ${path}\n`));
  await writeFile(join(folder, FILE), lines.join(""));
  return sha256(join(folder, FILE));
}

/**
 * Checks that the files in a folder are those that were packed. `changeset publish` does not check this.
 *
 * @param checksum the result of {@link writeChecksums}. It must not come from where the folder comes from.
 * @throws {Error} if a file is missing or was changed
 */
export async function verifyChecksums(folder: string, checksum: string): Promise<void> {
  if ((await sha256(join(folder, FILE))) !== checksum) throw changed(FILE);
  for (const line of (await readFile(join(folder, FILE), "utf8")).trimEnd().split("\n")) {
    const [expected = "", path = ""] = line.split("  ");
    if ((await sha256(join(folder, path))) !== expected) throw changed(path);
  }
}

function changed(path: string): Error {
  return new Error(`${path} is not the file that was packed, so nothing was published. Pack the release again.`);
}

async function sha256(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
