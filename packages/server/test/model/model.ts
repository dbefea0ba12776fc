import type { ProfileId, TraitValue } from "@memory-api/types";
import type { Limits } from "./stores.ts";
import { TRAITS } from "./traits.ts";

/** A trait to write, or to remove if `value` is `null`. */
export interface Change<Value extends TraitValue | null = TraitValue | null> {
  readonly group: string;
  readonly name: string;
  readonly value: Value;
}

export interface ModelProfile {
  /** Learned from a response. */
  id: ProfileId | undefined;
  createdAt: string | undefined;
  /** IDs that redirect here, if a response contained them. */
  readonly lostIds: Set<ProfileId>;
  /** The last write of each trait, by `group.name`; `null` is a removal. */
  readonly traits: Map<string, { readonly value: TraitValue | null; readonly writtenAt: number }>;
  /** When each `type value` was first attached. */
  readonly identifiers: Map<string, number>;
}

/** The result of finding a profile by its ID. */
export type Found =
  | { readonly kind: "live"; readonly profile: ModelProfile }
  | { readonly kind: "moved"; readonly profile: ModelProfile }
  | { readonly kind: "missing" };

/**
 * A model of a store according to the contract, based on lists that are searched linearly. It shares no code with the server.
 */
export class Model {
  /** Live profiles, oldest first. */
  profiles: ModelProfile[] = [];
  /** Every ID in a response, live or not. */
  readonly ids: ProfileId[] = [];
  readonly #limits: Limits;
  #time = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** A create, an item of a bulk request, or a row of a file. */
  upsert(changes: readonly Change[]): ModelProfile {
    return this.#change(this.#owners(changes), changes);
  }

  patch(profile: ModelProfile, changes: readonly Change[]): void {
    this.#change([...new Set([profile, ...this.#owners(changes)])], changes);
  }

  delete(profile: ModelProfile): void {
    this.profiles = this.profiles.filter((other) => other !== profile);
  }

  find(id: ProfileId): Found {
    const live = this.profiles.find((profile) => profile.id === id);
    if (live) return { kind: "live", profile: live };
    const canonical = this.profiles.find(({ lostIds }) => lostIds.has(id));
    return canonical ? { kind: "moved", profile: canonical } : { kind: "missing" };
  }

  /**
   * Sets the ID of the profile to one from a response.
   *
   * @throws {Error} if the profile has another ID, or if the ID is new and not greater than all others
   */
  learn(profile: ModelProfile, id: ProfileId): void {
    if (profile.id === id) return;
    if (profile.id !== undefined) throw new Error(`Expected ${profile.id}, received ${id}`);
    if (this.ids.some((known) => known >= id)) throw new Error(`${id} is new, but not greater than all other IDs`);
    profile.id = id;
    this.ids.push(id);
  }

  #owners(changes: readonly Change[]): ModelProfile[] {
    const identifiers = identifiersOf(changes);
    return this.profiles.filter((profile) => identifiers.some((identifier) => profile.identifiers.has(identifier)));
  }

  #change(parties: readonly ModelProfile[], changes: readonly Change[]): ModelProfile {
    const time = ++this.#time;
    for (const party of parties) dropRemoved(party, changes);
    const profile = parties.length === 0 ? this.#create() : this.#merge(parties);
    for (const { group, name, value } of changes) {
      profile.traits.set(`${group}.${name}`, { value, writtenAt: time });
    }
    for (const identifier of identifiersOf(changes)) {
      if (!profile.identifiers.has(identifier)) profile.identifiers.set(identifier, ++this.#time);
    }
    for (const [type, [limit, policy]] of Object.entries(this.#limits)) keepWithin(profile, type, limit, policy);
    return profile;
  }

  #create(): ModelProfile {
    const profile: ModelProfile = {
      id: undefined,
      createdAt: undefined,
      lostIds: new Set(),
      traits: new Map(),
      identifiers: new Map(),
    };
    this.profiles.push(profile);
    return profile;
  }

  #merge(parties: readonly ModelProfile[]): ModelProfile {
    const [survivor, ...losers] = this.profiles.filter((profile) => parties.includes(profile));
    if (survivor === undefined) throw new Error("None of the profiles is live.");
    for (const loser of losers) {
      for (const [trait, entry] of loser.traits) {
        const own = survivor.traits.get(trait);
        if (own === undefined || own.writtenAt < entry.writtenAt) survivor.traits.set(trait, entry);
      }
      for (const [identifier, attachedAt] of loser.identifiers) survivor.identifiers.set(identifier, attachedAt);
      for (const id of loser.lostIds) survivor.lostIds.add(id);
      if (loser.id !== undefined) survivor.lostIds.add(loser.id);
      this.delete(loser);
    }
    return survivor;
  }
}

/** Removing a trait also detaches the identifier of its value, if this profile has it. */
function dropRemoved(profile: ModelProfile, changes: readonly Change[]): void {
  for (const { group, name, value } of changes) {
    const entry = profile.traits.get(`${group}.${name}`);
    if (value !== null || entry === undefined) continue;
    for (const identifier of identifiersOf([{ group, name, value: entry.value }]))
      profile.identifiers.delete(identifier);
  }
}

function keepWithin(profile: ModelProfile, type: string, limit: number, policy: "fifo" | "lifo"): void {
  const held = [...profile.identifiers].filter(([identifier]) => identifier.startsWith(`${type} `));
  held.sort(([, one], [, other]) => one - other);
  while (held.length > limit) {
    const [identifier = ""] = (policy === "fifo" ? held.shift() : held.pop()) ?? [];
    profile.identifiers.delete(identifier);
  }
}

/** Distinct identifiers, in the order of the changes. */
function identifiersOf(changes: readonly Change[]): string[] {
  const identifiers = changes.flatMap(({ group, name, value }) => {
    const trait = TRAITS.find((known) => known.group === group && known.name === name);
    const sample = trait?.samples.find((known) => JSON.stringify(known.value) === JSON.stringify(value));
    return sample?.identifier ?? [];
  });
  return [...new Set(identifiers)];
}

/** Whether the changes contain an identifier, so that a create with them succeeds. */
export function hasIdentifier(changes: readonly Change[]): boolean {
  return identifiersOf(changes).length > 0;
}
