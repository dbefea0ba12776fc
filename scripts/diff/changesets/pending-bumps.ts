import { readFile } from "node:fs/promises";
import { join } from "node:path";
import releasePlanOf from "@changesets/get-release-plan";
import type { NeededBump } from "../report/diff-report.ts";

export interface PendingBump {
  package: string;
  bump: NeededBump;
  /** File names of the changesets that name the package. Empty if only a dependency or a linked package causes the bump. */
  changesets: string[];
}

/**
 * Returns the bumps that the pending changesets cause in the packages of the contract: those that are linked to
 * `@memory-api/spec`. They contain the contract, are generated from it or implement it, so every change of the contract changes
 * them too.
 *
 * @param root folder that contains `.changeset` and `pnpm-workspace.yaml`
 * @throws {Error} if a changeset or the configuration cannot be read, or names a package that does not exist
 */
export async function pendingBumps(root: string): Promise<PendingBump[]> {
  const { releases } = await releasePlanOf(root);
  return (await contractPackages(root)).map((name) => {
    const release = releases.find((candidate) => candidate.name === name);
    return {
      package: name,
      bump: release?.type ?? "none",
      changesets: release?.changesets.map((id) => `.changeset/${id}.md`) ?? [],
    };
  });
}

async function contractPackages(root: string): Promise<readonly string[]> {
  const config: { linked: string[][] } = JSON.parse(await readFile(join(root, ".changeset/config.json"), "utf8"));
  const linked = config.linked.find((names) => names.includes("@memory-api/spec"));
  if (linked !== undefined) return linked;
  throw new Error(
    "No list in `linked` of .changeset/config.json contains @memory-api/spec. Link it with the packages of the contract.",
  );
}
