import { heldBy, readHeld } from "./holders.ts";
import { Findings, type PageCheck } from "./page-check.ts";
import { canonicalIdOf, resolveRoots } from "./resolve-roots.ts";

/** Checks that profiles are canonical, and that the lists of their identifiers are complete. */
export const checkProfiles: PageCheck<"profiles"> = async (reads, { id: storeId, rules }, profiles) => {
  const findings = new Findings(storeId);
  const held = await readHeld(reads, storeId, profiles);
  const roots = await resolveRoots(
    reads,
    storeId,
    [...held.holders].flatMap(([id, others = []]) => [id, ...others]),
  );
  for (const { id: profile } of profiles) {
    if (canonicalIdOf(roots, profile) !== profile) findings.add("merged-profile", { profile });
    const holders = held.holders.get(profile);
    if (holders === undefined) findings.add("malformed-holders", { profile });
    for (const holder of holders ?? []) {
      if (canonicalIdOf(roots, holder) !== profile) findings.add("foreign-holder", { profile, holder });
      else if (!held.byHolder.has(holder)) findings.add("empty-holder", { profile, holder });
    }
    const byType = Map.groupBy(heldBy(held, profile), ({ type }) => type);
    for (const [type, { length }] of byType) {
      const limit = rules?.identifierTypes.get(type)?.limit ?? Number.POSITIVE_INFINITY;
      if (length > limit) findings.add("identifiers-over-limit", { profile, type });
    }
  }
  return findings.violations;
};
