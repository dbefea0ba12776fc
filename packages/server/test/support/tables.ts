import type { TraitValue } from "@memory-api/types";
import { decodeTraitValues } from "../../src/storage/trait-group-json.ts";
import { type Place, type Row, select } from "./place.ts";

/** What is stored of one store, as it is in the tables. */
export interface Tables {
  /** IDs of live profiles. */
  readonly profiles: ReadonlySet<string>;
  /** Canonical ID by lost ID. */
  readonly redirects: ReadonlyMap<string, string>;
  /** The profile that an identifier was attached to, which may have been merged since, by `type value`. */
  readonly identifiers: ReadonlyMap<string, string>;
  /** Values by trait, by trait group, by profile. */
  readonly traits: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, TraitValue>>>;
}

const NAMES = ["profiles", "redirects", "identifiers", "trait_groups"] as const;

/** Reads the tables behind the back of the server, all at one instant. */
export async function readTables(place: Place, storeId: string): Promise<Tables> {
  const [profiles = [], redirects = [], identifiers = [], groups = []] = await select(
    place,
    ...NAMES.map((name) => `SELECT * FROM ${name} WHERE store_id = '${storeId}'`),
  );
  return {
    profiles: new Set(profiles.map(({ id }) => String(id))),
    redirects: new Map(redirects.map(({ lost_id, canonical_id }) => [String(lost_id), String(canonical_id)])),
    identifiers: new Map(identifiers.map(({ type, value, profile_id }) => [`${type} ${value}`, String(profile_id)])),
    traits: traitsOf(groups),
  };
}

/** The live profile that has the identifier, or that the ID leads to; `undefined` if there is none. */
export function profileOf({ profiles, redirects, identifiers }: Tables, key: string): string | undefined {
  const attached = identifiers.get(key) ?? key;
  const canonical = redirects.get(attached) ?? attached;
  return profiles.has(canonical) ? canonical : undefined;
}

function traitsOf(rows: readonly Row[]): Tables["traits"] {
  const profiles = new Map<string, Map<string, ReadonlyMap<string, TraitValue>>>();
  for (const { profile_id, name, traits } of rows) {
    const groups = profiles.get(String(profile_id)) ?? new Map();
    profiles.set(String(profile_id), groups.set(String(name), decodeTraitValues(String(traits))));
  }
  return profiles;
}
