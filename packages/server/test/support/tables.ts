import type { TraitValue } from "@memory-api/types";
import { decodeTraitValues } from "../../src/storage/trait-group-json.ts";
import { type Place, type Row, select } from "./place.ts";

/** The stored data of one store, as in the tables. */
export interface Tables {
  /** IDs of live profiles. */
  readonly profiles: ReadonlySet<string>;
  /** Canonical ID, keyed by merged ID. */
  readonly redirects: ReadonlyMap<string, string>;
  /** The profile that each identifier was attached to, keyed by `type value`. It may have been merged since. */
  readonly identifiers: ReadonlyMap<string, string>;
  /** Values, keyed by profile, trait group and trait. */
  readonly traits: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, TraitValue>>>;
}

const NAMES = ["profiles", "merge_nodes", "identifiers", "trait_groups"] as const;

/** Reads the tables directly, in one snapshot. */
export async function readTables(place: Place, storeId: string): Promise<Tables> {
  const [profiles = [], nodes = [], identifiers = [], groups = []] = await select(
    place,
    ...NAMES.map((name) => `SELECT * FROM ${name} WHERE store_id = '${storeId}'`),
  );
  return {
    profiles: new Set(profiles.map(({ id }) => String(id))),
    redirects: redirectsOf(nodes),
    identifiers: new Map(identifiers.map(({ type, value, profile_id }) => [`${type} ${value}`, String(profile_id)])),
    traits: traitsOf(groups),
  };
}

/** The live profile that has the identifier, or that the ID leads to; `undefined` if no profile does. */
export function profileOf({ profiles, redirects, identifiers }: Tables, key: string): string | undefined {
  const attached = identifiers.get(key) ?? key;
  const canonical = redirects.get(attached) ?? attached;
  return profiles.has(canonical) ? canonical : undefined;
}

/** The redirects that the merge trees represent. An ID whose canonical profile was deleted has none. */
function redirectsOf(nodes: readonly Row[]): Map<string, string> {
  const byId = new Map(nodes.map((node) => [node["id"], node]));
  const rootOf = (node: Row | undefined): Row | undefined =>
    node?.["parent_id"] === null ? node : rootOf(byId.get(node?.["parent_id"]));
  const redirects = new Map<string, string>();
  for (const [id, node] of byId) {
    const canonicalId = rootOf(node)?.["canonical_id"];
    if (typeof canonicalId === "string" && canonicalId !== id) redirects.set(String(id), canonicalId);
  }
  return redirects;
}

function traitsOf(rows: readonly Row[]): Tables["traits"] {
  const profiles = new Map<string, Map<string, ReadonlyMap<string, TraitValue>>>();
  for (const { profile_id, name, traits } of rows) {
    const values = decodeTraitValues(String(traits));
    // A group in which every trait was removed keeps the times of the removals.
    if (values === undefined && traits !== "[]") continue;
    const groups = profiles.get(String(profile_id)) ?? new Map();
    profiles.set(String(profile_id), groups.set(String(name), new Map(Object.entries(values ?? {}))));
  }
  return profiles;
}
