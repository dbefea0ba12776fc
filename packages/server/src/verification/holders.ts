import type { SnapshotReads } from "../storage/inspection.ts";
import type { TableRow } from "../storage/tables.ts";

/** The identifiers of profiles, and where they are stored. */
export interface HeldIdentifiers {
  /** By profile ID. `undefined` if the list cannot be read. */
  readonly holders: ReadonlyMap<string, readonly string[] | undefined>;
  /** By the ID under which they are stored. */
  readonly byHolder: ReadonlyMap<string, readonly TableRow<"identifiers">[]>;
}

export async function readHeld(
  reads: SnapshotReads,
  storeId: string,
  profiles: readonly TableRow<"profiles">[],
): Promise<HeldIdentifiers> {
  const holders = new Map(profiles.map((profile) => [profile.id, parseHolders(profile.holders)]));
  const ids = new Set([...holders].flatMap(([id, others]) => [id, ...(others ?? [])]));
  const identifiers = await reads.readWhere("identifiers", "profile_id", storeId, [...ids]);
  return { holders, byHolder: Map.groupBy(identifiers, ({ profile_id }) => profile_id) };
}

/** The identifiers of one of the profiles. */
export function heldBy({ holders, byHolder }: HeldIdentifiers, profileId: string): TableRow<"identifiers">[] {
  return [profileId, ...(holders.get(profileId) ?? [])].flatMap((holder) => byHolder.get(holder) ?? []);
}

/** @returns `undefined` unless it is a list of IDs */
export function parseHolders(text: string | null): readonly string[] | undefined {
  if (text === null) return [];
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) && ids.every((id) => typeof id === "string") ? ids : undefined;
  } catch {
    return undefined;
  }
}
