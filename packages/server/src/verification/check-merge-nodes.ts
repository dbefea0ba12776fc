import { Findings, type PageCheck } from "./page-check.ts";
import { resolveRoots } from "./resolve-roots.ts";

/** Checks that merged IDs form trees, each with a root that leads to the oldest profile of the tree, or to a deleted one. */
export const checkMergeNodes: PageCheck<"merge_nodes"> = async (reads, { id: storeId }, nodes) => {
  const findings = new Findings(storeId);
  const canonicalIds = [...new Set(nodes.flatMap(({ canonical_id }) => canonical_id ?? []))];
  const roots = await resolveRoots(reads, storeId, [...nodes.map(({ id }) => id), ...canonicalIds]);
  const profiles = new Set((await reads.readWhere("profiles", "id", storeId, canonicalIds)).map(({ id }) => id));
  for (const { id: node, parent_id, size, canonical_id: profile } of nodes) {
    const root = roots.get(node);
    if (root?.kind === "missing") findings.add("merge-node-without-parent", { node, parent: root.id });
    if (root?.kind === "cycle") findings.add("merge-cycle", { node });
    if (root?.kind === "root" && root.canonicalId !== undefined && node < root.canonicalId)
      findings.add("redirect-to-newer-profile", { node, profile: root.canonicalId });
    const isRoot = parent_id === null;
    if (isRoot ? size === null || size < 2 : size !== null || profile !== null)
      findings.add("malformed-merge-root", { node });
    if (!isRoot || profile === null) continue;
    const other = roots.get(profile);
    if (other?.kind !== "root" || other.id !== node) findings.add("redirect-outside-merge", { node, profile });
    if (!profiles.has(profile)) findings.add("redirect-without-profile", { node, profile });
  }
  return findings.violations;
};
