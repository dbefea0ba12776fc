import type { ProfileId, TraitValue } from "@memory-api/types";
import type { Limits } from "./stores.ts";
import { TRAITS } from "./traits.ts";

/** A trait to write, or with `null` to remove. */
export interface Change<Value extends TraitValue | null = TraitValue | null> {
  readonly group: string;
  readonly name: string;
  readonly value: Value;
}

export interface ModelProfile {
  /** Learned from an answer. */
  id: ProfileId | undefined;
  createdAt: string | undefined;
  /** IDs that redirect here, as far as answers told them. */
  readonly lostIds: Set<ProfileId>;
  /** The last write of each trait, by `group.name`; `null` is a removal. */
  readonly traits: Map<string, { readonly value: TraitValue | null; readonly writtenAt: number }>;
  /** When each `type value` was first attached. */
  readonly identifiers: Map<string, number>;
}

/** What became of a request for a profile by its ID. */
export type Found =
  | { readonly kind: "live"; readonly profile: ModelProfile }
  | { readonly kind: "moved"; readonly profile: ModelProfile }
  | { readonly kind: "missing" };

/**
 * A store as the contract describes it, in plain lists that are searched from end to end. It shares no code with the server.
 */
export class Model {
  /** Live ones, the oldest first. */
  profiles: ModelProfile[] = [];
  /** Every ID that an answer told, live or not. */
  readonly ids: ProfileId[] = [];
  readonly #limits: Limits;
  #time = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Create, item of a bulk, row of a file. */
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
   * Takes the ID that an answer told for that of the profile.
   *
   * @throws {Error} if it has another one, or is new and its ID does not come after all others
   */
  learn(profile: ModelProfile, id: ProfileId): void {
    if (profile.id === id) return;
    if (profile.id !== undefined) throw new Error(`${id} in place of ${profile.id}`);
    if (this.ids.some((known) => known >= id)) throw new Error(`${id} is new, and yet not the last`);
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
    if (survivor === undefined) throw new Error("None of them is live.");
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

/** A removed trait takes the identifier along that its value became, if this profile has it. */
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

/** Each once, in the order of the changes. */
function identifiersOf(changes: readonly Change[]): string[] {
  const identifiers = changes.flatMap(({ group, name, value }) => {
    const trait = TRAITS.find((known) => known.group === group && known.name === name);
    const sample = trait?.samples.find((known) => JSON.stringify(known.value) === JSON.stringify(value));
    return sample?.identifier ?? [];
  });
  return [...new Set(identifiers)];
}

/** Whether a create with these traits says who somebody is. */
export function hasIdentifier(changes: readonly Change[]): boolean {
  return identifiersOf(changes).length > 0;
}
