import type { ImportState } from "../../domain/imports/import-state.ts";
import type { ProfileRows } from "../../domain/profiles/profile-rows.ts";
import { importState, importValues } from "../import-row.ts";
import type { ProfileRow, Rows, RowTransaction } from "../rows.ts";
import { type SnapshotRow, StorageBusyError, type StorageNode } from "../storage.ts";
import type { TableName } from "../tables.ts";
import { nodesOf } from "./cluster.ts";
import type { PostgresDatabase, Query } from "./database.ts";
import { PostgresProfileRows } from "./profile-rows.ts";
import * as sql from "./statements.ts";

// IDs consist of lower-case letters, digits and underscores.
const BEFORE_ALL_IDS = "";
const AFTER_ALL_IDS = "~";

/** No real store has this ID. */
const NO_STORE = "";

/** The rows of a PostgreSQL database. */
export class PostgresRows implements Rows {
  readonly #database: PostgresDatabase;
  readonly #isCluster: boolean;

  /** @param isCluster whether the stores are distributed over the nodes of a Citus cluster */
  constructor(database: PostgresDatabase, isCluster: boolean) {
    this.#database = database;
    this.#isCluster = isCluster;
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

  async probe(storeIds: readonly string[]): Promise<StorageNode[]> {
    const nodes = this.#isCluster ? await nodesOf((...given) => this.#database.query(...given), storeIds) : [];
    if (nodes.length === 0) {
      await this.#probeStore(NO_STORE);
      return [];
    }
    const probes = await Promise.allSettled(nodes.map(({ store_id }) => this.#probeStore(store_id)));
    const failures = probes.flatMap((probe) => (probe.status === "rejected" ? [probe.reason] : []));
    if (failures.length === nodes.length) throw failures[0];
    return nodes.map(({ id }, at) => ({ id, isAvailable: probes[at]?.status === "fulfilled" }));
  }

  async #probeStore(storeId: string) {
    try {
      // In a transaction, a wait for a lock is limited.
      await this.#database.transaction((query) => query(sql.probe, [storeId]));
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
    const { select } = sql.tableStatements(table);
    const found: SnapshotRow[] = [];
    for (const storeId of storeIds.toSorted()) {
      const { rows } = await this.#query<Record<string, SnapshotRow[number]>>(select, [storeId]);
      for (const row of rows) found.push(Object.values(row));
    }
    return found;
  }

  async replaceTable(table: TableName, storeIds: readonly string[], rows: readonly SnapshotRow[]) {
    const { clear, insert } = sql.tableStatements(table);
    const byStore = Map.groupBy(rows, ([storeId]) => storeId);
    for (const storeId of storeIds) {
      await this.#query(clear, [storeId]);
      const [first, ...others] = byStore.get(storeId) ?? [];
      if (first === undefined) continue;
      const columns = [...first.keys()].slice(1).map((column) => [first, ...others].map((row) => row[column]));
      await this.#query(insert, [storeId, ...columns]);
    }
  }
}
