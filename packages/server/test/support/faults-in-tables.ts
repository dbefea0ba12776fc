import type { Tables } from "./tables.ts";

/** Checks that the tables are consistent with each other. */
export function faultsInTables({ profiles, redirects, identifiers, traits }: Tables): string[] {
  const faults: string[] = [];
  for (const [lost, canonical] of redirects) {
    if (profiles.has(lost)) faults.push(`${lost} is live and redirects to ${canonical}`);
    if (redirects.has(canonical)) faults.push(`${lost} redirects to ${canonical}, which redirects`);
    else if (!profiles.has(canonical)) faults.push(`${lost} redirects to ${canonical}, which is not live`);
    if (lost < canonical) faults.push(`${lost} redirects to ${canonical}, which was created later`);
  }
  for (const [identifier, profileId] of identifiers) {
    const owner = redirects.get(profileId) ?? profileId;
    if (!profiles.has(owner)) faults.push(`${identifier} belongs to ${profileId}, which is neither live nor merged`);
  }
  for (const [profileId, groups] of traits) {
    if (!profiles.has(profileId)) faults.push(`traits belong to ${profileId}, which is not live`);
    for (const [group, { size }] of groups) if (size === 0) faults.push(`${group} of ${profileId} is empty`);
  }
  return faults;
}
