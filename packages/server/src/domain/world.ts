import type { Command, DeleteCommand, Outcome, PatchCommand, UpsertCommand } from "./command.ts";
import { normaliseIdentifier } from "./normalise-identifier.ts";
import {
  groupOf,
  type HeldIdentifier,
  hold,
  mergeInto,
  newProfile,
  overLimit,
  type ProfileState,
  type TraitGroup,
} from "./profile-state.ts";
import { type Identifier, identifierKey, type StoreRules } from "./store-rules.ts";

/** What commands changed, for a store to write down. */
export interface Difference {
  /** `createdAt` in milliseconds since 1970. */
  readonly created: readonly { readonly id: string; readonly createdAt: number }[];
  /** Profiles that merged into another or were deleted. Their trait groups go with them. */
  readonly removed: readonly string[];
  readonly redirects: readonly { readonly from: string; readonly to: string }[];
  /** IDs that redirect no longer, since their canonical profile was deleted. */
  readonly forgotten: readonly string[];
  readonly attached: readonly (HeldIdentifier & { readonly profileId: string })[];
  readonly detached: readonly Identifier[];
  /** Each group that changed, as a whole. An empty one goes. */
  readonly groups: readonly { readonly profileId: string; readonly name: string; readonly traits: TraitGroup }[];
}

/**
 * The part of a store that a batch of commands can touch, in memory. Commands apply to it one after the other, so each sees
 * what those before it did; then {@link World.difference} says what became of it all.
 */
export class World {
  readonly #rules: StoreRules;
  readonly #profiles = new Map<string, ProfileState>();
  readonly #owners = new Map<string, ProfileState>();
  readonly #redirects: Map<string, string>;

  readonly #created = new Set<ProfileState>();
  readonly #removed = new Set<string>();
  readonly #merged = new Map<string, string>();
  readonly #forgotten = new Set<string>();
  readonly #identifiers = new Map<string, Identifier>();
  readonly #groups = new Map<ProfileState, Set<string>>();

  /**
   * @param profiles every profile that a command names, or that holds one of their identifiers
   * @param redirects the canonical ID of each ID that a command names and that was merged
   */
  constructor(rules: StoreRules, profiles: Iterable<ProfileState>, redirects: ReadonlyMap<string, string>) {
    this.#rules = rules;
    this.#redirects = new Map(redirects);
    for (const profile of profiles) {
      this.#profiles.set(profile.id, profile);
      for (const key of profile.identifiers.keys()) this.#owners.set(key, profile);
      for (const id of profile.mergedIds) this.#redirects.set(id, profile.id);
    }
  }

  apply(command: Command): Outcome {
    switch (command.kind) {
      case "upsert":
        return this.#upsert(command);
      case "patch":
        return this.#ofLiveProfile(command, (profile) => this.#patch(profile, command));
      case "delete":
        return this.#ofLiveProfile(command, (profile) => this.#delete(profile));
    }
  }

  difference(): Difference {
    const attached = [];
    const detached = [];
    for (const [key, identifier] of this.#identifiers) {
      const owner = this.#owners.get(key);
      const held = owner?.identifiers.get(key);
      if (owner && held) attached.push({ ...held, profileId: owner.id });
      else detached.push(identifier);
    }
    const groups = [];
    for (const [profile, names] of this.#groups) {
      if (this.#profiles.get(profile.id) !== profile) continue;
      for (const name of names) groups.push({ profileId: profile.id, name, traits: groupOf(profile, name) });
    }
    return {
      created: [...this.#created],
      removed: [...this.#removed],
      redirects: [...this.#merged].map(([from, to]) => ({ from, to })),
      forgotten: [...this.#forgotten],
      attached,
      detached,
      groups,
    };
  }

  #upsert(command: UpsertCommand): Outcome {
    const parties = this.#ownersOf(command.identifiers);
    if (parties.size === 0) parties.add(this.#create(command));
    return this.#change(parties, command);
  }

  #patch(profile: ProfileState, command: PatchCommand): Outcome {
    return this.#change(this.#ownersOf(command.identifiers).add(profile), command);
  }

  #delete(profile: ProfileState): Outcome {
    for (const identifier of [...profile.identifiers.values()]) this.#detach(profile, identifier);
    for (const id of profile.mergedIds) {
      this.#redirects.delete(id);
      this.#merged.delete(id);
      this.#forgotten.add(id);
    }
    this.#remove(profile);
    return { kind: "applied", id: profile.id };
  }

  #ofLiveProfile({ profileId }: PatchCommand | DeleteCommand, change: (profile: ProfileState) => Outcome): Outcome {
    const profile = this.#profiles.get(profileId);
    if (profile) return change(profile);
    const canonical = this.#redirects.get(profileId);
    return canonical === undefined ? { kind: "missing" } : { kind: "moved", id: canonical };
  }

  #ownersOf(identifiers: readonly Identifier[]): Set<ProfileState> {
    const owners = new Set<ProfileState>();
    for (const identifier of identifiers) {
      const owner = this.#owners.get(identifierKey(identifier));
      if (owner) owners.add(owner);
    }
    return owners;
  }

  #create({ newId, acceptedAt }: UpsertCommand): ProfileState {
    const profile = newProfile(newId, Math.floor(acceptedAt / 1000));
    this.#profiles.set(profile.id, profile);
    this.#created.add(profile);
    return profile;
  }

  #change(parties: ReadonlySet<ProfileState>, command: UpsertCommand | PatchCommand): Outcome {
    for (const profile of parties) this.#detachRemoved(profile, command);
    const profile = this.#merge(parties);
    this.#writeTraits(profile, command);
    this.#attach(profile, command);
    for (const [type, { limit, limitPolicy }] of this.#rules.identifierTypes) {
      for (const identifier of overLimit(profile, type, limit, limitPolicy)) this.#detach(profile, identifier);
    }
    return { kind: "applied", id: profile.id };
  }

  /** A trait that is removed takes the identifier that its value became with it. */
  #detachRemoved(profile: ProfileState, { changes }: UpsertCommand | PatchCommand): void {
    for (const { group, trait, value } of changes) {
      const type = this.#rules.traitGroups.get(group)?.get(trait)?.idTypePromotion;
      const entry = profile.groups.get(group)?.get(trait);
      if (value !== null || type === undefined || entry === undefined) continue;
      const normalization = this.#rules.identifierTypes.get(type)?.normalization ?? "trim";
      const removed = normaliseIdentifier(normalization, entry.value);
      if (removed !== undefined) this.#detach(profile, { type, value: removed });
    }
  }

  /** The profile created first survives; the IDs of the others, and those that led to them, lead straight to it. */
  #merge(parties: ReadonlySet<ProfileState>): ProfileState {
    const [first, ...others] = parties;
    if (first === undefined) throw new Error("There is no profile to change.");
    const survivor = others.reduce((oldest, profile) => (profile.id < oldest.id ? profile : oldest), first);
    for (const loser of parties) {
      if (loser === survivor) continue;
      for (const name of mergeInto(survivor, loser)) this.#touch(survivor, name);
      for (const key of loser.identifiers.keys()) this.#owners.set(key, survivor);
      for (const id of [loser.id, ...loser.mergedIds]) {
        this.#redirects.set(id, survivor.id);
        this.#merged.set(id, survivor.id);
      }
      this.#remove(loser);
    }
    return survivor;
  }

  /** Within a profile whoever comes later wins, even if the clock of the process before was ahead. */
  #writeTraits(profile: ProfileState, { acceptedAt, changes }: UpsertCommand | PatchCommand): void {
    for (const { group, trait, value } of changes) {
      const traits = groupOf(profile, group);
      this.#touch(profile, group);
      if (value === null) traits.delete(trait);
      else traits.set(trait, { value, writtenAt: Math.max(acceptedAt, traits.get(trait)?.writtenAt ?? 0) });
    }
  }

  #attach(profile: ProfileState, { acceptedAt, identifiers }: UpsertCommand | PatchCommand): void {
    for (const [at, identifier] of identifiers.entries()) {
      const key = identifierKey(identifier);
      if (profile.identifiers.has(key)) continue;
      hold(profile, { ...identifier, addedAt: acceptedAt + at });
      this.#owners.set(key, profile);
      this.#identifiers.set(key, identifier);
    }
  }

  #detach(profile: ProfileState, identifier: Identifier): void {
    const key = identifierKey(identifier);
    if (!profile.identifiers.delete(key)) return;
    this.#owners.delete(key);
    this.#identifiers.set(key, identifier);
  }

  #remove(profile: ProfileState): void {
    this.#profiles.delete(profile.id);
    if (!this.#created.delete(profile)) this.#removed.add(profile.id);
  }

  #touch(profile: ProfileState, group: string): void {
    const names = this.#groups.get(profile) ?? new Set();
    this.#groups.set(profile, names.add(group));
  }
}
