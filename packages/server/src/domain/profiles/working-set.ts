import type { Command, Outcome, PatchCommand, UpsertCommand } from "../commands/command.ts";
import { normalizeIdentifier } from "../stores/normalize-identifier.ts";
import { type Identifier, type IdentifierTypes, identifierKey } from "../stores/store-rules.ts";
import type { ChangeSet, Claim, LockedProfile, LockedProfiles, MergeNode, ProfileContents } from "./profile-rows.ts";
import {
  groupOf,
  heldOfType,
  hold,
  holdersOf,
  mergeContents,
  newProfile,
  overLimit,
  type ProfileState,
  timeAfter,
} from "./profile-state.ts";

/**
 * The part of a store that a batch of commands can touch, in memory. Each command sees the changes of those before it. At the end,
 * {@link WorkingSet.changeSet} returns all changes together.
 */
export class WorkingSet {
  readonly #identifierTypes: IdentifierTypes;
  readonly #storedProfiles = new Map<string, LockedProfile>();
  readonly #storedIdentifiers = new Map<string, Claim>();

  readonly #profiles = new Map<string, ProfileState>();
  /** By identifier key. */
  readonly #owners = new Map<string, ProfileState>();
  /** Keyed by merged ID, for IDs that a command can name: the ID that it merged into, which may have merged since. */
  readonly #redirects = new Map<string, string>();
  readonly #nodes = new Map<string, MergeNode>();
  readonly #changedGroups = new Map<ProfileState, Set<string>>();

  /** @param locked every profile that a command names, or that holds one of its identifiers */
  constructor(identifierTypes: IdentifierTypes, locked: Omit<LockedProfiles, "owners">, contents: ProfileContents) {
    this.#identifierTypes = identifierTypes;
    const byHolder = new Map<string, ProfileState>();
    for (const stored of locked.profiles) {
      const profile = newProfile(stored.id, stored.createdAt);
      profile.tree = contents.trees.get(stored.id) ?? profile.tree;
      this.#storedProfiles.set(stored.id, stored);
      this.#profiles.set(stored.id, profile);
      for (const holder of [stored.id, ...stored.holders]) byHolder.set(holder, profile);
    }
    for (const identifier of contents.identifiers) {
      const profile = byHolder.get(identifier.holder);
      if (profile === undefined) throw new Error(`No locked profile has the holder ${identifier.holder}.`);
      hold(profile, identifier);
      this.#owners.set(identifierKey(identifier), profile);
      this.#storedIdentifiers.set(identifierKey(identifier), identifier);
    }
    for (const { profileId, name, traits } of contents.groups) this.#profiles.get(profileId)?.groups.set(name, traits);
    for (const [id, canonicalId] of locked.canonicalIds) {
      if (!this.#profiles.has(id)) this.#redirects.set(id, canonicalId);
    }
  }

  apply(command: Command): Outcome {
    if (command.kind === "upsert") return this.#upsert(command);
    const profile = this.#find(command.profileId);
    if (profile === undefined) return { kind: "missing" };
    if (profile.id !== command.profileId) return { kind: "moved", id: profile.id };
    return command.kind === "patch" ? this.#patch(profile, command) : this.#delete(profile);
  }

  changeSet(): ChangeSet {
    const created: LockedProfile[] = [];
    const updated: LockedProfile[] = [];
    for (const profile of this.#profiles.values()) {
      const { id, createdAt } = profile;
      const stored = this.#storedProfiles.get(id);
      const holders = holdersOf(profile);
      if (stored === undefined) created.push({ id, createdAt, holders });
      else if (!hasSameMembers(holders, stored.holders)) updated.push({ id, createdAt, holders });
    }

    const attached: Claim[] = [];
    for (const [key, owner] of this.#owners) {
      const identifier = owner.identifiers.get(key);
      if (identifier && identifier !== this.#storedIdentifiers.get(key)) attached.push(identifier);
    }

    const groups = [];
    for (const [profile, names] of this.#changedGroups) {
      if (!this.#profiles.has(profile.id)) continue;
      for (const name of names) groups.push({ profileId: profile.id, name, traits: groupOf(profile, name) });
    }

    return {
      created,
      updated,
      removed: [...this.#storedProfiles.keys()].filter((id) => !this.#profiles.has(id)),
      nodes: [...this.#nodes.values()],
      attached,
      detached: [...this.#storedIdentifiers].flatMap(([key, { type, value }]) =>
        this.#owners.has(key) ? [] : [{ type, value }],
      ),
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

  #create({ newId, acceptedAt }: UpsertCommand): ProfileState {
    if (this.#storedProfiles.has(newId) || this.#profiles.has(newId)) throw new Error(`The ID ${newId} is taken.`);
    const profile = newProfile(newId, Math.floor(acceptedAt / 1000));
    this.#profiles.set(newId, profile);
    return profile;
  }

  #delete(profile: ProfileState): Outcome {
    for (const key of profile.identifiers.keys()) this.#owners.delete(key);
    const { root, size } = profile.tree;
    // Without a canonical profile, the root ends every redirect of the tree.
    if (size > 1) this.#nodes.set(root, { id: root, size });
    this.#profiles.delete(profile.id);
    return { kind: "applied", id: profile.id };
  }

  /** The profile that an ID leads to. */
  #find(id: string): ProfileState | undefined {
    const next = this.#redirects.get(id);
    return next === undefined ? this.#profiles.get(id) : this.#find(next);
  }

  #ownersOf(identifiers: readonly Identifier[]): Set<ProfileState> {
    const owners = new Set<ProfileState>();
    for (const identifier of identifiers) {
      const owner = this.#owners.get(identifierKey(identifier));
      if (owner) owners.add(owner);
    }
    return owners;
  }

  #change(parties: ReadonlySet<ProfileState>, command: UpsertCommand | PatchCommand): Outcome {
    // Before the merge, because a merge keeps only one of the values of a removed trait.
    for (const party of parties) this.#detachRemoved(party, command);
    const profile = this.#merge(parties);
    this.#writeTraits(profile, command);
    this.#attach(profile, command);
    if (command.identifiers.length > 0) this.#keepLimits(profile);
    return { kind: "applied", id: profile.id };
  }

  /** Detaches the identifiers of the values of removed traits. */
  #detachRemoved(profile: ProfileState, { changes }: UpsertCommand | PatchCommand): void {
    for (const { group, trait, releases } of changes) {
      const value = profile.groups.get(group)?.get(trait)?.value;
      if (releases === undefined || value === undefined) continue;
      const { type, normalization } = releases;
      const normalized = normalizeIdentifier(normalization, value);
      if ("value" in normalized) this.#detach(profile, { type, value: normalized.value });
    }
  }

  /** Merges one or more profiles into the one that was created first. */
  #merge(parties: ReadonlySet<ProfileState>): ProfileState {
    const survivor = [...parties].reduce((oldest, profile) => (profile.id < oldest.id ? profile : oldest));
    for (const loser of parties) {
      if (loser === survivor) continue;
      for (const name of mergeContents(survivor, loser)) this.#touch(survivor, name);
      for (const key of loser.identifiers.keys()) this.#owners.set(key, survivor);
      this.#joinTrees(survivor, loser);
      this.#redirects.set(loser.id, survivor.id);
      this.#profiles.delete(loser.id);
    }
    return survivor;
  }

  #joinTrees(survivor: ProfileState, loser: ProfileState): void {
    const size = survivor.tree.size + loser.tree.size;
    const isLarger = loser.tree.size > survivor.tree.size;
    const [root, child] = isLarger ? [loser.tree.root, survivor.tree.root] : [survivor.tree.root, loser.tree.root];
    this.#nodes.set(child, { id: child, parentId: root });
    this.#nodes.set(root, { id: root, size, canonicalId: survivor.id });
    survivor.tree = { root, size };
  }

  #writeTraits(profile: ProfileState, { acceptedAt, changes }: UpsertCommand | PatchCommand): void {
    for (const { group, trait, value } of changes) {
      const traits = groupOf(profile, group);
      const writtenAt = timeAfter(traits.get(trait)?.writtenAt, acceptedAt);
      traits.set(trait, value === null ? { writtenAt } : { value, writtenAt });
      this.#touch(profile, group);
    }
  }

  #attach(profile: ProfileState, { acceptedAt, identifiers }: UpsertCommand | PatchCommand): void {
    for (const [at, identifier] of identifiers.entries()) {
      const key = identifierKey(identifier);
      if (profile.identifiers.has(key)) continue;
      const addedAt = timeAfter(heldOfType(profile, identifier.type).at(-1)?.addedAt, acceptedAt + at);
      hold(profile, { ...identifier, holder: profile.id, addedAt });
      this.#owners.set(key, profile);
    }
  }

  #keepLimits(profile: ProfileState): void {
    for (const [type, identifierType] of this.#identifierTypes) {
      for (const identifier of overLimit(profile, type, identifierType)) this.#detach(profile, identifier);
    }
  }

  #detach(profile: ProfileState, identifier: Identifier): void {
    const key = identifierKey(identifier);
    if (profile.identifiers.delete(key)) this.#owners.delete(key);
  }

  #touch(profile: ProfileState, group: string): void {
    const names = this.#changedGroups.get(profile) ?? new Set();
    this.#changedGroups.set(profile, names.add(group));
  }
}

function hasSameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
