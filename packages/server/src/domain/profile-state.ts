import type { TraitValue } from "@memory-api/types";
import { type Identifier, identifierKey } from "./store-rules.ts";

/** A trait's value, and when it was accepted, in microseconds since 1970. */
interface TraitEntry {
  readonly value: TraitValue;
  readonly writtenAt: number;
}

export type TraitGroup = Map<string, TraitEntry>;

/** A value that a profile holds, and since when, in microseconds since 1970. */
export interface HeldIdentifier extends Identifier {
  readonly addedAt: number;
}

/** A live, canonical profile with all that hangs on it. */
export interface ProfileState {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly groups: Map<string, TraitGroup>;
  /** By their keys. */
  readonly identifiers: Map<string, HeldIdentifier>;
  /** IDs that redirect here. */
  readonly mergedIds: Set<string>;
}

export function newProfile(id: string, createdAt: number): ProfileState {
  return { id, createdAt, groups: new Map(), identifiers: new Map(), mergedIds: new Set() };
}

export function hold(profile: ProfileState, identifier: HeldIdentifier): void {
  profile.identifiers.set(identifierKey(identifier), identifier);
}

/**
 * Moves all that the loser has to the survivor. Of a trait that both have, the value accepted last stays; of two accepted at the
 * same instant, that of the later ID. So the result is the same in whatever order profiles merge.
 *
 * @returns the names of the groups of the survivor that changed
 */
export function mergeInto(survivor: ProfileState, loser: ProfileState): Set<string> {
  for (const identifier of loser.identifiers.values()) hold(survivor, identifier);
  for (const id of loser.mergedIds) survivor.mergedIds.add(id);
  survivor.mergedIds.add(loser.id);

  const changed = new Set<string>();
  for (const [name, traits] of loser.groups) {
    const kept = groupOf(survivor, name);
    for (const [trait, entry] of traits) {
      const other = kept.get(trait);
      // The survivor has the earlier ID.
      if (other !== undefined && other.writtenAt > entry.writtenAt) continue;
      kept.set(trait, entry);
      changed.add(name);
    }
  }
  return changed;
}

export function groupOf(profile: ProfileState, name: string): TraitGroup {
  const group = profile.groups.get(name) ?? new Map<string, TraitEntry>();
  profile.groups.set(name, group);
  return group;
}

/** The values of a type beyond its limit: the oldest under `fifo`, the newest under `lifo`. */
export function overLimit(
  profile: ProfileState,
  type: string,
  limit: number,
  policy: "fifo" | "lifo",
): readonly HeldIdentifier[] {
  const held = [...profile.identifiers.values()].filter((identifier) => identifier.type === type);
  const excess = held.length - limit;
  if (excess <= 0) return [];
  held.sort((one, other) => one.addedAt - other.addedAt || (one.value < other.value ? -1 : 1));
  return policy === "fifo" ? held.slice(0, excess) : held.slice(-excess);
}
