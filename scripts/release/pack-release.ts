import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeChecksums } from "./checksums.ts";
import { type PackedRelease, readPublishPlan } from "./publish-plan.ts";
import { git, runChangeset } from "./run-tools.ts";

/** What a folder of packed packages contains. */
export interface PackedFolder {
  releases: PackedRelease[];
  /** The SHA-256 of `SHA256SUMS`, which `publishRelease` requires. */
  checksum: string;
}

/**
 * Packs the packages whose version is not in the registry, with the plan to publish them, the commit that they were built from,
 * and the checksums of all these files. Build the packages first.
 *
 * @param root path of the repository
 * @param folder is replaced
 * @throws {Error} if a file is not committed
 */
export async function packRelease(root: string, folder: string): Promise<PackedFolder> {
  const uncommitted = await git(root, ["status", "--porcelain"]);
  if (uncommitted !== "") throw new Error(`Commit these files before you pack the release:\n${uncommitted}`);

  await rm(folder, { recursive: true, force: true });
  const plan = join(folder, "plan.json");
  await runChangeset(root, ["publish-plan", "--output", plan]);
  await runChangeset(root, ["pack", "--from-publish-plan", plan, "--out-dir", folder]);
  await rm(plan);
  await writeFile(join(folder, "commit"), await git(root, ["rev-parse", "HEAD"]));
  const releases = (await readPublishPlan(folder)).flat();
  const files = ["commit", "publish-plan.json", ...releases.map(({ tarball }) => tarball.path)];
  return { releases, checksum: await writeChecksums(folder, files) };
}
