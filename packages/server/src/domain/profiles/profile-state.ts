import { type IdentifierType, identifierKey } from "../stores/store-rules.ts";
import type { Claim, MergeTree, TraitEntry, TraitGroup } from "./profile-rows.ts";

/** A live, canonical profile with everything that belongs to it. */
export interface ProfileState {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly groups: Map<string, TraitGroup>;
  /** Keyed by identifier key. */
  readonly identifiers: Map<string, Claim>;
  /** Of size 1 until the profile takes part in a merge. */
  tree: MergeTree;
}

export function newProfile(id: string, createdAt: number): ProfileState {
  return { id, createdAt, groups: new Map(), identifiers: new Map(), tree: { root: id, size: 1 } };
}

/**
 * Adds the identifiers and the traits of the loser to the survivor.
 *
 * @returns the names of the survivor's groups that changed
 */
export function mergeContents(survivor: ProfileState, loser: ProfileState): Set<string> {
  for (const [key, identifier] of loser.identifiers) survivor.identifiers.set(key, identifier);
  const changed = new Set<string>();
  for (const [name, traits] of loser.groups) {
    const kept = groupOf(survivor, name);
    for (const [trait, entry] of traits) {
      const other = kept.get(trait);
      if (other !== undefined && !isLater(entry, other)) continue;
      kept.set(trait, entry);
      changed.add(name);
    }
  }
  return changed;
}

/**
 * Whether an entry wins over another at a merge. Of two entries of the same instant, a value wins over a removal, and the greater JSON
 * text over the smaller. The entries alone decide, so the result does not depend on the order in which profiles merge.
 */
function isLater(entry: TraitEntry, other: TraitEntry): boolean {
  if (entry.writtenAt === other.writtenAt) return rankOf(entry) > rankOf(other);
  return entry.writtenAt > other.writtenAt;
}

/** The empty text of a removal is less than every JSON text. */
function rankOf({ value }: TraitEntry): string {
  return value === undefined ? "" : JSON.stringify(value);
}

export function groupOf(profile: ProfileState, name: string): TraitGroup {
  const group = profile.groups.get(name) ?? new Map<string, TraitEntry>();
  profile.groups.set(name, group);
  return group;
}

/**
 * The time of a write to something that was last written at `previous`. A later write has a later time, even if the clock was set back
 * between them.
 */
export function timeAfter(previous: number | undefined, acceptedAt: number): number {
  return previous === undefined ? acceptedAt : Math.max(acceptedAt, previous + 1);
}

/** The identifiers of a type that the profile holds, oldest first. */
export function heldOfType(profile: ProfileState, type: string): Claim[] {
  const held = [...profile.identifiers.values()].filter((identifier) => identifier.type === type);
  return held.sort((one, other) => one.addedAt - other.addedAt || (one.value < other.value ? -1 : 1));
}

/** The identifiers of a type beyond its limit: the oldest under `fifo`, the newest under `lifo`. */
export function overLimit(
  profile: ProfileState,
  type: string,
  { limit, limitPolicy }: Pick<IdentifierType, "limit" | "limitPolicy">,
): readonly Claim[] {
  const held = heldOfType(profile, type);
  const excess = Math.max(0, held.length - limit);
  return limitPolicy === "fifo" ? held.slice(0, excess) : held.slice(held.length - excess);
}

export function hold(profile: ProfileState, identifier: Claim): void {
  profile.identifiers.set(identifierKey(identifier), identifier);
}

/** IDs of merged profiles under which identifiers of this one are stored, in a stable order. */
export function holdersOf(profile: ProfileState): string[] {
  const holders = new Set([...profile.identifiers.values()].map(({ holder }) => holder));
  holders.delete(profile.id);
  return [...holders].sort();
}
