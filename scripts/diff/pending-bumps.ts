import releasePlanOf from "@changesets/get-release-plan";
import type { Bump } from "./rate-change.ts";

/** Packages that are generated from the contract or contain it. Every change of the contract changes them too. */
const CONTRACT_PACKAGES = ["@memory-api/spec", "@memory-api/types", "@memory-api/client", "@memory-api/mock"] as const;

export interface PendingBump {
  package: string;
  bump: Bump | "none";
  /** File names of the changesets that name the package. Empty if only a dependency or a linked package causes the bump. */
  changesets: string[];
}

/**
 * Returns the bumps that the pending changesets cause in the packages of the contract.
 *
 * @param root folder that contains `.changeset` and `pnpm-workspace.yaml`
 * @throws {Error} if a changeset or the configuration cannot be read, or names a package that does not exist
 */
export async function pendingBumps(root: string): Promise<PendingBump[]> {
  const { releases } = await releasePlanOf(root);
  return CONTRACT_PACKAGES.map((name) => {
    const release = releases.find((candidate) => candidate.name === name);
    return {
      package: name,
      bump: release?.type ?? "none",
      changesets: release?.changesets.map((id) => `.changeset/${id}.md`) ?? [],
    };
  });
}
