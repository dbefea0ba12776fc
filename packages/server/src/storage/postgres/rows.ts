import type { ImportState } from "../../domain/imports/import-state.ts";
import type {
  ChangeSet,
  Claim,
  LockedProfile,
  LockedProfiles,
  MergeTree,
  ProfileContents,
  ProfileRows,
} from "../../domain/profiles/profile-rows.ts";
import { type Identifier, identifierKey } from "../../domain/stores/store-rules.ts";
import { importState, importValues } from "../import-row.ts";
import type { ProfileRow, Rows, RowTransaction } from "../rows.ts";
import { type SnapshotRow, StorageBusyError } from "../storage.ts";
import type { TableName } from "../tables.ts";
import { decodeTraitGroup, encodeTraitGroup } from "../trait-group-json.ts";
import type { PostgresDatabase, Query } from "./database.ts";
import * as sql from "./statements.ts";

// IDs consist of lower-case letters, digits and underscores.
const BEFORE_ALL_IDS = "";
const AFTER_ALL_IDS = "~";

/** The store of a row that `probe` writes. No real store has this ID. */
const PROBE = "";

/** The rows of a PostgreSQL database. */
export class PostgresRows implements Rows {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: RowTransaction) => Promise<Result>, isolation?: "snapshot") {
    return this.#database.transaction((query) => work(new PostgresTransaction(query)), isolation);
  }

  async readProfile(storeId: string, profileId: string, groups?: readonly string[]): Promise<ProfileRow | undefined> {
    const names = groups?.filter((name) => !name.includes("\0")) ?? null;
    type Row = { created_at: number; name: string | null; traits: string | null };
    const { rows } = await this.#database.query<Row>(sql.selectProfile, [storeId, profileId, names]);
    const [first] = rows;
    if (first === undefined) return undefined;
    return {
      createdAt: first.created_at,
      groups: rows.flatMap(({ name, traits }) => (name === null || traits === null ? [] : [{ name, traits }])),
    };
  }

  async readCanonicalId(storeId: string, profileId: string) {
    type Row = { canonical_id: string | null };
    const { rows } = await this.#database.query<Row>(sql.selectCanonicalIds, [storeId, [profileId]]);
    const canonicalId = rows[0]?.canonical_id ?? undefined;
    return canonicalId === profileId ? undefined : canonicalId;
  }

  async listProfileIds(storeId: string, order: "ASC" | "DESC", limit: number, after?: string) {
    const isAscending = order === "ASC";
    const { rows } = await this.#database.query<{ id: string }>(
      isAscending ? sql.listProfilesAscending : sql.listProfilesDescending,
      [storeId, after ?? (isAscending ? BEFORE_ALL_IDS : AFTER_ALL_IDS), limit],
    );
    return rows.map(({ id }) => id);
  }

  async readImport(storeId: string, importId: string) {
    const { rows } = await this.#database.query(sql.selectImport, [storeId, importId]);
    return rows[0] && importState(rows[0]);
  }

  async listImportIds(storeId: string, limit: number) {
    const { rows } = await this.#database.query<{ id: string }>(sql.listImports, [storeId, limit]);
    return rows.map(({ id }) => id);
  }

  async readOldestDueAt(storeId: string, now: number) {
    const { rows } = await this.#database.query<{ due_at: number }>(sql.selectOldestDueAt, [storeId, now]);
    return rows[0]?.due_at;
  }

  async probe() {
    try {
      // In a transaction, a wait for a lock is limited.
      await this.#database.transaction((query) => query(sql.probe, [PROBE]));
    } catch (error) {
      // Another process holds the lock of this row, so the database can be written.
      if (!(error instanceof StorageBusyError)) throw error;
    }
  }

  close() {
    return this.#database.close();
  }
}

class PostgresTransaction implements RowTransaction {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  profiles(storeId: string): ProfileRows {
    return new PostgresProfileRows(this.#query, storeId);
  }

  async insertImport(storeId: string, state: ImportState) {
    await this.#query(sql.insertImport, [storeId, ...importValues(state)]);
  }

  async lockImport(storeId: string, importId: string) {
    const { rows } = await this.#query(sql.lockImport, [storeId, importId]);
    return rows[0] && importState(rows[0]);
  }

  async lockDueImport(storeId: string, now: number) {
    const { rows } = await this.#query(sql.lockDueImport, [storeId, now]);
    return rows[0] && importState(rows[0]);
  }

  async updateImport(storeId: string, state: ImportState) {
    await this.#query(sql.updateImport, [storeId, ...importValues(state)]);
  }

  async deleteUploads(storeId: string, importId: string) {
    await this.#query(sql.deleteUploads, [storeId, importId]);
  }

  async readTable(table: TableName, storeIds: readonly string[]): Promise<SnapshotRow[]> {
    type Row = Record<string, SnapshotRow[number]>;
    const { rows } = await this.#query<Row>(sql.tableStatements(table).select, [storeIds]);
    return rows.map((row) => Object.values(row));
  }

  async replaceTable(table: TableName, storeIds: readonly string[], rows: readonly SnapshotRow[]) {
    const { clear, insert } = sql.tableStatements(table);
    await this.#query(clear, [storeIds]);
    const [first] = rows;
    if (first)
      await this.#query(
        insert,
        [...first.keys()].map((column) => rows.map((row) => row[column])),
      );
  }
}

/** The profiles of a store, within one transaction. */
export class PostgresProfileRows implements ProfileRows {
  readonly #query: Query;
  readonly #storeId: string;
  /** The keys of claimed identifiers that existed. */
  readonly #existing = new Set<string>();
  /** The claims that this transaction inserted, by key. The table contains them already, as claimed. */
  readonly #inserted = new Map<string, Claim>();
  #hasLocked = false;

  constructor(query: Query, storeId: string) {
    this.#query = query;
    this.#storeId = storeId;
  }

  async readIdentifiers(profileIds: readonly string[]): Promise<Claim[]> {
    return (await this.#run<IdentifierRow>(sql.selectIdentifiersOf, [profileIds])).map(claimOf);
  }

  async claimIdentifiers(claims: readonly Claim[], meanwhile: () => void) {
    const claiming = this.#run<Identifier>(sql.claimIdentifiers, columnsOf(claims));
    const prepare = async () => {
      for (const claim of claims) this.#inserted.set(identifierKey(claim), claim);
      meanwhile();
    };
    const [rows] = await Promise.all([claiming, prepare()]);
    for (const key of rows.map(identifierKey)) {
      this.#inserted.delete(key);
      this.#existing.add(key);
    }
  }

  async lockProfiles(identifiers: readonly Identifier[], ids: readonly string[]): Promise<LockedProfiles> {
    if (this.#existing.size === 0 && ids.length === 0)
      return { owners: new Map(), canonicalIds: new Map(), profiles: [] };
    const existing = identifiers.filter((identifier) => this.#existing.has(identifierKey(identifier)));
    // The second time, profiles may be locked out of order.
    const statement = this.#hasLocked ? sql.lockProfilesNow : sql.lockProfiles;
    this.#hasLocked = true;
    const rows = await this.#query<LockRow>(statement, [this.#storeId, ...keysOf(existing), ids]);
    return lockedProfiles(rows.rows, ids);
  }

  async readContents(profiles: readonly LockedProfile[]): Promise<ProfileContents> {
    const ids = profiles.map(({ id }) => id);
    const rows = await this.#run<ContentRow>(sql.selectContents, [
      ids,
      [...ids, ...profiles.flatMap(({ holders }) => holders)],
    ]);
    const identifiers: Claim[] = [];
    const groups: ProfileContents["groups"][number][] = [];
    const trees = new Map<string, MergeTree>();
    for (const { kind, id, name, text, number } of rows) {
      if (kind === "group") groups.push({ profileId: id, name, traits: decodeTraitGroup(text) });
      else if (kind === "tree") trees.set(id, { root: name, size: number });
      else if (!this.#inserted.has(identifierKey({ type: name, value: text }))) {
        identifiers.push({ holder: id, type: name, value: text, addedAt: number });
      }
    }
    return { identifiers, groups, trees };
  }

  async write(changeSet: ChangeSet) {
    const { created, updated, removed, nodes, groups } = changeSet;
    const attached = changeSet.attached.filter((identifier) => !this.#takeInserted(identifier));
    // Claims of commands that did not apply are left, and unused.
    const freed = [...changeSet.detached, ...this.#inserted.values()];
    const unclaimed = changeSet.detached.filter((identifier) => !this.#existing.has(identifierKey(identifier)));
    await this.#run(sql.lockIdentifiersNow, keysOf(unclaimed));

    const newIds = new Set(created.map(({ id }) => id));
    const columns: Record<keyof typeof sql.writes, unknown[][]> = {
      insertProfiles: profileColumns(created),
      updateProfiles: profileColumns(updated),
      deleteProfiles: [[...removed]],
      deleteTraitGroupsOfProfiles: [[...removed]],
      upsertNodes: [
        nodes.map(({ id }) => id),
        nodes.map((node) => ("parentId" in node ? node.parentId : null)),
        nodes.map((node) => ("parentId" in node ? null : node.size)),
        nodes.map((node) => ("parentId" in node ? null : (node.canonicalId ?? null))),
      ],
      deleteIdentifiers: keysOf(freed),
      upsertIdentifiers: columnsOf(attached),
      insertTraitGroups: groupColumns(groups.filter(({ profileId }) => newIds.has(profileId))),
      upsertTraitGroups: groupColumns(groups.filter(({ profileId }) => !newIds.has(profileId))),
    };
    const parts = Object.entries(columns).filter(([, [first]]) => first !== undefined && first.length > 0);
    if (parts.length === 0) return;
    const statement = sql.allOf(parts.map(([name]) => sql.writes[name as keyof typeof sql.writes]));
    await this.#query(statement, [this.#storeId, ...parts.flatMap(([, values]) => values)]);
  }

  /** @returns whether the table contains the identifier exactly so, because this transaction inserted it */
  #takeInserted(identifier: Claim): boolean {
    const key = identifierKey(identifier);
    const claim = this.#inserted.get(key);
    this.#inserted.delete(key);
    return claim?.holder === identifier.holder && claim.addedAt === identifier.addedAt;
  }

  /** Runs a statement on a list that is given as its columns, unless the list is empty. */
  async #run<Row extends object>(statement: string, columns: readonly (readonly unknown[])[]): Promise<readonly Row[]> {
    if (columns[0]?.length === 0) return [];
    return (await this.#query<Row>(statement, [this.#storeId, ...columns])).rows;
  }
}

interface IdentifierRow {
  readonly type: string;
  readonly value: string;
  readonly profile_id: string;
  readonly added_at: number;
}

type LockRow =
  | { readonly kind: "owner"; readonly id: string; readonly type: string; readonly value: string }
  | { readonly kind: "root"; readonly id: string /** The canonical ID. */; readonly type: string | null }
  | {
      readonly kind: "profile";
      readonly id: string /** The holders. */;
      readonly type: string | null;
      readonly created_at: number;
    };

interface ContentRow {
  readonly kind: "identifier" | "group" | "tree";
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly number: number;
}

function lockedProfiles(rows: readonly LockRow[], ids: readonly string[]): LockedProfiles {
  const roots = new Map<string, string>();
  const profiles: LockedProfile[] = [];
  for (const row of rows) {
    if (row.kind === "root" && row.type !== null) roots.set(row.id, row.type);
    if (row.kind === "profile")
      profiles.push({ id: row.id, createdAt: row.created_at, holders: parseHolders(row.type) });
  }
  const owners = new Map<string, string>();
  for (const row of rows) {
    const owner = row.kind === "owner" ? roots.get(row.id) : undefined;
    if (row.kind === "owner" && owner !== undefined) owners.set(identifierKey(row), owner);
  }
  const canonicalIds = new Map<string, string>();
  for (const id of ids) {
    const canonicalId = roots.get(id);
    if (canonicalId !== undefined && canonicalId !== id) canonicalIds.set(id, canonicalId);
  }
  return { owners, canonicalIds, profiles };
}

function claimOf({ type, value, profile_id, added_at }: IdentifierRow): Claim {
  return { type, value, holder: profile_id, addedAt: added_at };
}

function parseHolders(holders: string | null): string[] {
  return holders === null ? [] : JSON.parse(holders);
}

const profileColumns = (profiles: readonly LockedProfile[]) => [
  profiles.map(({ id }) => id),
  profiles.map(({ createdAt }) => createdAt),
  profiles.map(({ holders }) => (holders.length === 0 ? null : JSON.stringify(holders))),
];

const groupColumns = (groups: ChangeSet["groups"]) => [
  groups.map(({ profileId }) => profileId),
  groups.map(({ name }) => name),
  groups.map(({ traits }) => encodeTraitGroup(traits)),
];

const keysOf = (identifiers: readonly Identifier[]) => [
  identifiers.map(({ type }) => type),
  identifiers.map(({ value }) => value),
];

const columnsOf = (claims: readonly Claim[]) => [
  ...keysOf(claims),
  claims.map(({ holder }) => holder),
  claims.map(({ addedAt }) => addedAt),
];
