import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyChecksums } from "./checksums.ts";
import { type PackedRelease, type PublishPlan, readPublishPlan, writePublishPlan } from "./publish-plan.ts";
import { git, publishedIntegrity, runChangeset } from "./run-tools.ts";

/**
 * Publishes packed packages and tags their commit. Packages that are already in the registry with the packed content are skipped,
 * so a publish that failed is completed by another one from the same folder.
 *
 * @param root path of the repository, at the commit that was packed
 * @param folder written by `packRelease`
 * @param checksum the one that `packRelease` returned
 * @returns the packages that were published now
 * @throws {Error} if a file was changed, if the registry contains other content under one of the versions, or if a package could
 * not be published. In the first two cases, nothing is published.
 */
export async function publishRelease(root: string, folder: string, checksum: string): Promise<PackedRelease[]> {
  await verifyChecksums(folder, checksum);
  const [packedCommit, commit] = [
    await readFile(join(folder, "commit"), "utf8"),
    await git(root, ["rev-parse", "HEAD"]),
  ];
  if (packedCommit !== commit) throw new Error(`Check out the commit that was packed: git checkout ${packedCommit}`);

  const plan = await readPublishPlan(folder);
  const unpublished = new Set<string>();
  for (const release of plan.flat()) {
    const published = await publishedIntegrity(root, release);
    if (published === undefined) unpublished.add(release.name);
    else if (published !== (await integrityOf(join(folder, release.tarball.path))))
      throw new Error(
        `${release.name}@${release.version} is in the registry with other content. Nothing was published. See docs/releasing.md.`,
      );
  }
  const remaining = plan
    .map((group) => group.filter(({ name }) => unpublished.has(name)))
    .filter((group) => group.length > 0);
  if (remaining.length > 0) await publishPlan(root, folder, remaining);
  await tagReleases(root, plan.flat());
  return remaining.flat();
}

/** Publishes a part of a packed folder. */
async function publishPlan(root: string, folder: string, plan: PublishPlan): Promise<void> {
  const part = await mkdtemp(join(tmpdir(), "publish-"));
  try {
    const withPaths = plan.map((group) =>
      group.map((release) => ({
        ...release,
        tarball: { ...release.tarball, path: join(folder, release.tarball.path) },
      })),
    );
    await writePublishPlan(part, withPaths);
    await runChangeset(root, ["publish", "--from-pack-dir", part, "--no-git-tag"], { asks: true });
  } finally {
    await rm(part, { recursive: true });
  }
}

/** Tags the commit with each package. `changeset git-tag` ignores a failure of git. */
async function tagReleases(root: string, releases: readonly PackedRelease[]): Promise<void> {
  await runChangeset(root, ["git-tag"]);
  const tags = new Set((await git(root, ["tag", "--list"])).split("\n"));
  const missing = releases.map(({ name, version }) => `${name}@${version}`).filter((tag) => !tags.has(tag));
  if (missing.length > 0)
    throw new Error(
      `The packages are published, but git did not create the tags ${missing.join(", ")}. Set user.name and user.email of git, and publish again.`,
    );
}

/** Returns the integrity of a file in the format of the registry. */
async function integrityOf(file: string): Promise<string> {
  return `sha512-${createHash("sha512")
    .update(await readFile(file))
    .digest("base64")}`;
}
