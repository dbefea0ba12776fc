import { parseHolders } from "./holders.ts";
import { Findings, type PageCheck } from "./page-check.ts";
import { canonicalIdOf, resolveRoots } from "./resolve-roots.ts";

/** Checks that each identifier leads to one profile, which lists it. */
export const checkIdentifiers: PageCheck<"identifiers"> = async (reads, { id: storeId }, page, following) => {
  const findings = new Findings(storeId);
  for (const [at, { type, value, profile_id: profile }] of page.entries()) {
    const next = page[at + 1] ?? following;
    if (next?.type !== type || next.value !== value) continue;
    findings.add("duplicate-identifier", { profile, other: next.profile_id, type });
  }
  const roots = await resolveRoots(reads, storeId, new Set(page.map(({ profile_id }) => profile_id)));
  const canonicalIds = new Set([...roots.keys()].flatMap((id) => canonicalIdOf(roots, id) ?? []));
  const profiles = await reads.readWhere("profiles", "id", storeId, [...canonicalIds]);
  const holders = new Map(profiles.map((profile) => [profile.id, parseHolders(profile.holders)]));
  for (const { type, profile_id: holder } of page) {
    const profile = canonicalIdOf(roots, holder);
    if (profile === undefined || !holders.has(profile)) findings.add("identifier-without-profile", { holder, type });
    else if (profile !== holder && holders.get(profile)?.includes(holder) === false)
      findings.add("unlisted-identifier", { profile, holder, type });
  }
  return findings.violations;
};
