/** Milliseconds between which something happened: from the first byte of its request to the last byte of its response. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** The last write to a trait. Without a value, it was removed. */
interface TraitEntry {
  readonly value: string | undefined;
  readonly when: Interval;
}

/** A live, canonical profile. */
export interface Profile {
  readonly id: string;
  readonly created: Interval;
  /** By name. */
  readonly traits: ReadonlyMap<string, TraitEntry>;
  /** Normal forms. */
  readonly identifiers: ReadonlySet<string>;
  readonly isMerged: boolean;
}

/** A store. A state never changes; a write leads to another one. */
export interface ModelState {
  /** Live ones by ID. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** By the ID that was merged, the ID that survived, which may have merged or been deleted since. */
  readonly merged: ReadonlyMap<string, string>;
}

/** Values by trait name; `null` removes the trait. */
export type TraitChanges = Readonly<Record<string, string | null>>;

export type Write =
  | { readonly kind: "upsert"; readonly newId: string; readonly traits: TraitChanges }
  | { readonly kind: "patch"; readonly id: string; readonly traits: TraitChanges }
  | { readonly kind: "delete"; readonly id: string };

export type Outcome =
  | { readonly kind: "applied"; readonly id: string }
  | { readonly kind: "moved"; readonly id: string }
  | { readonly kind: "missing" };

export interface Applied {
  readonly state: ModelState;
  readonly outcome: Outcome;
}

export const EMPTY_STATE: ModelState = { profiles: new Map(), merged: new Map() };

/**
 * @param name of a trait
 * @returns the normal form of an identifier; `undefined` if the value yields none
 */
export type IdentifierOf = (name: string, value: string) => string | undefined;

/**
 * The rules of the contract for writes, without any storage. The order of two writes that overlap in time is not known, so a merge of what
 * they wrote can have more than one result. All of them are returned.
 */
export class ProfileModel {
  readonly #identifierOf: IdentifierOf;

  constructor(identifierOf: IdentifierOf) {
    this.#identifierOf = identifierOf;
  }

  /** Where an ID leads to. */
  find(state: ModelState, id: string): Outcome {
    let found = id;
    for (let next = state.merged.get(found); next !== undefined; next = state.merged.get(found)) found = next;
    if (!state.profiles.has(found)) return { kind: "missing" };
    return { kind: found === id ? "applied" : "moved", id: found };
  }

  /** The live profiles that hold an identifier of the changes. */
  ownersOf(state: ModelState, traits: TraitChanges): Profile[] {
    const identifiers = this.#identifiersOf(traits);
    return [...state.profiles.values()].filter((profile) =>
      identifiers.some((identifier) => profile.identifiers.has(identifier)),
    );
  }

  /** @returns every possible result, usually one */
  apply(state: ModelState, write: Write, when: Interval): Applied[] {
    if (write.kind === "upsert") {
      const owners = this.ownersOf(state, write.traits);
      return this.#change(state, owners.length > 0 ? owners : [newProfile(write.newId, when)], write.traits, when);
    }
    const outcome = this.find(state, write.id);
    const profile = state.profiles.get(write.id);
    if (outcome.kind !== "applied" || profile === undefined) return [{ state, outcome }];
    if (write.kind === "delete") {
      const profiles = new Map(state.profiles);
      profiles.delete(write.id);
      return [{ state: { ...state, profiles }, outcome }];
    }
    const owners = this.ownersOf(state, write.traits).filter(({ id }) => id !== profile.id);
    return this.#change(state, [profile, ...owners], write.traits, when);
  }

  #change(state: ModelState, parties: readonly Profile[], traits: TraitChanges, when: Interval): Applied[] {
    const released = parties.map((party) => this.#release(party, traits));
    return merge(released).map((survivor) => {
      const written = new Map(survivor.traits);
      for (const [name, value] of Object.entries(traits)) written.set(name, { value: value ?? undefined, when });
      const identifiers = new Set([...survivor.identifiers, ...this.#identifiersOf(traits)]);
      const profiles = new Map(state.profiles);
      const merged = new Map(state.merged);
      for (const { id } of parties) {
        if (id === survivor.id) continue;
        profiles.delete(id);
        merged.set(id, survivor.id);
      }
      profiles.set(survivor.id, { ...survivor, traits: written, identifiers });
      return { state: { profiles, merged }, outcome: { kind: "applied", id: survivor.id } };
    });
  }

  /** Without the identifiers of the traits that the changes remove. */
  #release(profile: Profile, traits: TraitChanges): Profile {
    const identifiers = new Set(profile.identifiers);
    for (const [name, change] of Object.entries(traits)) {
      const value = profile.traits.get(name)?.value;
      const identifier = value === undefined ? undefined : this.#identifierOf(name, value);
      if (change === null && identifier !== undefined) identifiers.delete(identifier);
    }
    return { ...profile, identifiers };
  }

  #identifiersOf(traits: TraitChanges): string[] {
    return Object.entries(traits).flatMap(([name, value]) =>
      value === null ? [] : (this.#identifierOf(name, value) ?? []),
    );
  }
}

/** The values of the traits that a response must contain. */
export function valuesOf({ traits }: Profile): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, { value }] of traits) if (value !== undefined) values[name] = value;
  return values;
}

/** The names of the traits that a response must not contain, because they were removed. */
export function removedFrom({ traits }: Profile): string[] {
  return [...traits].flatMap(([name, { value }]) => (value === undefined ? [name] : []));
}

function newProfile(id: string, created: Interval): Profile {
  return { id, created, traits: new Map(), identifiers: new Set(), isMerged: false };
}

/** Merges one or more profiles in every way that their times allow. */
function merge(parties: readonly Profile[]): Profile[] {
  const [only] = parties;
  if (parties.length === 1 && only !== undefined) return [only];
  const identifiers = new Set(parties.flatMap((party) => [...party.identifiers]));
  const survivors = parties.filter(({ created }) => !parties.some((other) => isBefore(other.created, created)));
  const names = [...new Set(parties.flatMap(({ traits }) => [...traits.keys()]))];
  let results: (readonly (readonly [string, TraitEntry])[])[] = [[]];
  for (const name of names) {
    const entries = parties.flatMap(({ traits }) => traits.get(name) ?? []);
    const last = entries.filter(({ when }) => !entries.some((other) => isBefore(when, other.when)));
    results = results.flatMap((chosen) => last.map((entry) => [...chosen, [name, entry] as const]));
  }
  return survivors.flatMap(({ id, created }) =>
    results.map((traits) => ({ id, created, identifiers, isMerged: true, traits: new Map(traits) })),
  );
}

function isBefore(one: Interval, other: Interval): boolean {
  return one.end < other.start;
}
