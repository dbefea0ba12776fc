import type { Claim, ProfileTransaction } from "../../domain/apply-commands.ts";
import { type Identifier, identifierKey } from "../../domain/store-rules.ts";
import type { Difference } from "../../domain/world.ts";
import { decodeTraitGroup, encodeTraitGroup } from "../trait-group-json.ts";
import type { Query } from "./in-transaction.ts";
import * as sql from "./profile-statements.ts";

/** The profiles of a store, within one transaction. */
export class ProfileRows implements ProfileTransaction {
  readonly #query: Query;
  readonly #storeId: string;
  readonly #claimed = new Set<string>();
  /** What this transaction claimed and nobody had, by its key. It is in the table already, as claimed. */
  readonly #inserted = new Map<string, Claim>();
  readonly #locked = new Set<string>();
  #lastLocked = "";

  constructor(query: Query, storeId: string) {
    this.#query = query;
    this.#storeId = storeId;
  }

  async claimIdentifiers(claims: readonly Claim[]): Promise<Map<string, string>> {
    const rows = await this.#run<Identifier>(sql.claimIdentifiers, rowsOf(claims));
    const inserted = new Set(rows.map(identifierKey));
    const existing: Claim[] = [];
    for (const claim of claims) {
      const key = identifierKey(claim);
      this.#claimed.add(key);
      if (inserted.has(key)) this.#inserted.set(key, claim);
      else existing.push(claim);
    }
    const owners = await this.#run<Identifier & { profile_id: string }>(sql.selectOwners, keysOf(existing));
    return new Map(owners.map((owner) => [identifierKey(owner), owner.profile_id]));
  }

  async readRedirects(ids: readonly string[]): Promise<Map<string, string>> {
    return canonicalIds(await this.#run<Redirect>(sql.selectRedirects, [ids]));
  }

  async lockProfiles(ids: readonly string[]): Promise<Map<string, number>> {
    const statement = this.#isInOrder(ids) ? sql.lockProfiles : sql.lockProfilesNow;
    const rows = await this.#run<{ id: string; created_at: number }>(statement, [ids]);
    for (const { id } of rows) {
      this.#locked.add(id);
      if (id > this.#lastLocked) this.#lastLocked = id;
    }
    return new Map(rows.map(({ id, created_at }) => [id, created_at]));
  }

  async readMergedIds(ids: readonly string[]): Promise<Map<string, string>> {
    return canonicalIds(await this.#run<Redirect>(sql.selectMergedIds, [ids]));
  }

  /** What this transaction only claimed is nobody's until it is attached. */
  async readIdentifiers(ids: readonly string[]): Promise<Claim[]> {
    type Row = Identifier & { profile_id: string; added_at: number };
    const rows = await this.#run<Row>(sql.selectIdentifiers, [ids]);
    const held = rows.filter((row) => !this.#inserted.has(identifierKey(row)));
    return held.map(({ type, value, profile_id, added_at }) => ({
      type,
      value,
      profileId: profile_id,
      addedAt: added_at,
    }));
  }

  async readTraitGroups(ids: readonly string[]) {
    const rows = await this.#run<{ profile_id: string; name: string; traits: string }>(sql.selectTraitGroups, [ids]);
    return rows.map(({ profile_id, name, traits }) => ({
      profileId: profile_id,
      name,
      traits: decodeTraitGroup(traits),
    }));
  }

  async write({ created, removed, redirects, forgotten, attached, detached, groups }: Difference): Promise<void> {
    const freed = [...detached, ...this.#unattached(attached)];
    const moved = attached.filter((identifier) => !this.#isWritten(identifier));
    const written = groups.filter(({ traits }) => traits.size > 0);
    const emptied = groups.filter(({ traits }) => traits.size === 0);

    await this.#run(sql.deleteProfiles, [removed]);
    await this.#run(sql.deleteTraitGroupsOfProfiles, [removed]);
    await this.#run(sql.insertProfiles, [created.map(({ id }) => id), created.map(({ createdAt }) => createdAt)]);
    await this.#run(sql.upsertRedirects, [redirects.map(({ from }) => from), redirects.map(({ to }) => to)]);
    await this.#run(sql.deleteRedirects, [forgotten]);
    await this.#run(sql.lockIdentifiersNow, keysOf(freed.filter((identifier) => !this.#isClaimed(identifier))));
    await this.#run(sql.deleteIdentifiers, keysOf(freed));
    await this.#run(sql.upsertIdentifiers, rowsOf(moved));
    await this.#run(sql.upsertTraitGroups, [
      ...namesOf(written),
      written.map(({ traits }) => encodeTraitGroup(traits)),
    ]);
    await this.#run(sql.deleteTraitGroups, namesOf(emptied));
  }

  /** Whether none of these comes before one that is locked already. */
  #isInOrder(ids: readonly string[]): boolean {
    return ids.every((id) => id > this.#lastLocked || this.#locked.has(id));
  }

  #isClaimed(identifier: Identifier): boolean {
    return this.#claimed.has(identifierKey(identifier));
  }

  #isWritten(identifier: Claim): boolean {
    const claim = this.#inserted.get(identifierKey(identifier));
    return claim?.profileId === identifier.profileId && claim.addedAt === identifier.addedAt;
  }

  /** What was claimed for nothing, by a command that did not apply. */
  #unattached(attached: readonly Identifier[]): Claim[] {
    const keys = new Set(attached.map(identifierKey));
    return [...this.#inserted].flatMap(([key, claim]) => (keys.has(key) ? [] : [claim]));
  }

  /** Runs a statement on a list that is given as its columns, unless the list is empty. */
  async #run<Row extends object>(statement: string, columns: readonly (readonly unknown[])[]): Promise<readonly Row[]> {
    if (columns[0]?.length === 0) return [];
    return (await this.#query<Row>(statement, [this.#storeId, ...columns])).rows;
  }
}

interface Redirect {
  readonly lost_id: string;
  readonly canonical_id: string;
}

const canonicalIds = (rows: readonly Redirect[]) => new Map(rows.map((row) => [row.lost_id, row.canonical_id]));

const keysOf = (identifiers: readonly Identifier[]) => [
  identifiers.map(({ type }) => type),
  identifiers.map(({ value }) => value),
];

const rowsOf = (claims: readonly Claim[]) => [
  ...keysOf(claims),
  claims.map(({ profileId }) => profileId),
  claims.map(({ addedAt }) => addedAt),
];

const namesOf = (groups: Difference["groups"]) => [
  groups.map(({ profileId }) => profileId),
  groups.map(({ name }) => name),
];
