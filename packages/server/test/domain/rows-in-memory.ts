import type { TraitValue } from "@memory-api/types";
import { expect } from "vitest";
import type {
  ChangeSet,
  Claim,
  LockedProfile,
  LockedProfiles,
  MergeNode,
  MergeTree,
  ProfileRows,
  TraitGroup,
} from "../../src/domain/profiles/profile-rows.ts";
import { type Identifier, identifierKey } from "../../src/domain/stores/store-rules.ts";

/** The rows of a store with one transaction at a time. It checks what is written, and rejects a row that is named twice. */
export class RowsInMemory implements ProfileRows {
  readonly profiles = new Map<string, LockedProfile>();
  readonly nodes = new Map<string, MergeNode>();
  readonly identifiers = new Map<string, Claim>();
  /** By profile ID and name. */
  readonly groups = new Map<string, { profileId: string; name: string; traits: TraitGroup }>();
  /** Of the last transaction. */
  written: ChangeSet | undefined;
  claimed: readonly Claim[] = [];
  /** The IDs that each call named. */
  readonly calls: {
    readonly readIdentifiers: string[][];
    readonly lockProfiles: string[][];
    readonly readContents: string[][];
  } = {
    ...{ readIdentifiers: [], lockProfiles: [], readContents: [] },
  };

  async readIdentifiers(profileIds: readonly string[]) {
    this.calls.readIdentifiers.push([...profileIds]);
    const canonicalIds = new Set(profileIds.map((id) => this.canonicalId(id)));
    return [...this.identifiers.values()].filter(({ holder }) => canonicalIds.has(this.canonicalId(holder)));
  }

  async claimIdentifiers(claims: readonly Claim[], meanwhile: () => void) {
    this.claimed = claims;
    meanwhile();
  }

  async lockProfiles(identifiers: readonly Identifier[], ids: readonly string[]): Promise<LockedProfiles> {
    this.calls.lockProfiles.push([...ids]);
    const owners = new Map(
      identifiers.flatMap((identifier) => {
        const owner = this.ownerOf(identifier);
        return owner === undefined ? [] : [[identifierKey(identifier), owner]];
      }),
    );
    const canonicalIds = new Map(
      ids.flatMap((id) => {
        const canonicalId = this.canonicalId(id);
        return canonicalId === undefined || !this.nodes.has(id) ? [] : [[id, canonicalId]];
      }),
    );
    const locked = new Set([...owners.values(), ...canonicalIds.values(), ...ids]);
    return { owners, canonicalIds, profiles: [...this.profiles.values()].filter(({ id }) => locked.has(id)) };
  }

  async readContents(profiles: readonly LockedProfile[]) {
    this.calls.readContents.push(profiles.map(({ id }) => id));
    const holders = new Set(profiles.flatMap((profile) => [profile.id, ...profile.holders]));
    const ids = new Set(profiles.map(({ id }) => id));
    const trees = new Map<string, MergeTree>();
    for (const node of this.nodes.values()) {
      if (!("size" in node) || node.canonicalId === undefined || !ids.has(node.canonicalId)) continue;
      trees.set(node.canonicalId, { root: node.id, size: node.size });
    }
    return {
      identifiers: [...this.identifiers.values()].filter(({ holder }) => holders.has(holder)),
      groups: structuredClone([...this.groups.values()].filter(({ profileId }) => ids.has(profileId))),
      trees,
    };
  }

  async write(changeSet: ChangeSet) {
    this.written = structuredClone(changeSet);
    const { created, updated, removed, nodes, attached, detached, groups } = this.written;
    expectUnique([...created, ...updated].map(({ id }) => id).concat(removed));
    expectUnique(nodes.map(({ id }) => id));
    expectUnique([...attached, ...detached].map(identifierKey));
    expectUnique(groups.map(({ profileId, name }) => `${profileId} ${name}`));

    for (const profile of created) {
      expect(this.profiles.has(profile.id)).toBe(false);
      this.profiles.set(profile.id, profile);
    }
    for (const profile of updated) {
      expect(this.profiles.get(profile.id)?.holders).not.toEqual(profile.holders);
      this.profiles.set(profile.id, profile);
    }
    for (const id of removed) {
      expect(this.profiles.delete(id)).toBe(true);
      for (const [key, { profileId }] of this.groups) if (profileId === id) this.groups.delete(key);
    }
    for (const node of nodes) this.nodes.set(node.id, node);
    for (const identifier of detached) expect(this.identifiers.delete(identifierKey(identifier))).toBe(true);
    for (const identifier of attached) this.identifiers.set(identifierKey(identifier), identifier);
    for (const group of groups) {
      expect(group.traits.size).toBeGreaterThan(0);
      this.groups.set(`${group.profileId} ${group.name}`, group);
    }
    this.#expectConsistent();
  }

  /** The canonical ID that an ID leads to, or the ID itself; `undefined` if the canonical profile was deleted. */
  canonicalId(id: string): string | undefined {
    const node = this.nodes.get(id);
    if (node === undefined) return id;
    return "parentId" in node ? this.canonicalId(node.parentId) : node.canonicalId;
  }

  ownerOf(identifier: Identifier): string | undefined {
    const holder = this.identifiers.get(identifierKey(identifier))?.holder;
    return holder === undefined ? undefined : this.canonicalId(holder);
  }

  /** Values of the traits by name, without removals; `undefined` if no profile has this ID. */
  traitsOf(id: string): Record<string, TraitValue> | undefined {
    if (!this.profiles.has(id)) return undefined;
    const traits: Record<string, TraitValue> = {};
    for (const group of this.groups.values()) {
      if (group.profileId !== id) continue;
      for (const [name, { value }] of group.traits) if (value !== undefined) traits[name] = value;
    }
    return traits;
  }

  /** The identifiers of a profile, as `type value`. */
  identifiersOf(id: string): string[] {
    const held = [...this.identifiers.values()].filter((identifier) => this.ownerOf(identifier) === id);
    return held.map(({ type, value }) => `${type} ${value}`).sort();
  }

  #expectConsistent(): void {
    const holders = new Map([...this.profiles.keys()].map((id) => [id, new Set<string>()]));
    for (const { holder } of this.identifiers.values()) {
      const owner = this.canonicalId(holder) ?? "";
      expect(this.profiles.has(owner)).toBe(true);
      if (holder !== owner) holders.get(owner)?.add(holder);
    }
    for (const profile of this.profiles.values()) {
      expect(profile.holders).toEqual([...(holders.get(profile.id) ?? [])].sort());
      expect(this.canonicalId(profile.id)).toBe(profile.id);
    }
    for (const { profileId } of this.groups.values()) expect(this.profiles.has(profileId)).toBe(true);
    this.#expectTrees();
  }

  #expectTrees(): void {
    const sizes = new Map<string, number>();
    const depths = new Map<string, number>();
    for (const { id } of this.nodes.values()) {
      const path = this.#pathOf(id);
      const root = path.at(-1) ?? "";
      sizes.set(root, (sizes.get(root) ?? 0) + 1);
      depths.set(root, Math.max(depths.get(root) ?? 0, path.length - 1));
    }
    for (const [root, size] of sizes) {
      const node = this.nodes.get(root);
      expect(node).toMatchObject({ id: root, size });
      expect(size).toBeGreaterThan(1);
      expect(depths.get(root)).toBeLessThanOrEqual(Math.log2(size));
      if (node && "canonicalId" in node) expect(this.profiles.has(node.canonicalId ?? "")).toBe(true);
    }
  }

  #pathOf(id: string): string[] {
    const node = this.nodes.get(id);
    return node && "parentId" in node ? [id, ...this.#pathOf(node.parentId)] : [id];
  }
}

function expectUnique(keys: readonly string[]): void {
  expect(keys).toEqual([...new Set(keys)]);
}
