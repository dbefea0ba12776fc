import { importState } from "../import-row.ts";
import type { ImportSelection, IndexedColumn, Inspection, SnapshotReads, StoredUpload } from "../inspection.ts";
import { KEYS, type TableName, type TableRow } from "../tables.ts";
import type { PostgresDatabase, Query } from "./database.ts";
import * as sql from "./inspection-statements.ts";
import { selectImport } from "./statements.ts";

/** Sorts after every ID. */
const AFTER_ALL_IDS = "~";

/** A PostgreSQL database that servers can write at the same time. Needs only the privilege to read. */
export class PostgresInspection implements Inspection {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  async storeIds() {
    const found = new Set<string>();
    for (const table of sql.TABLES_OF_STORES) {
      const next = async (after: string) => {
        const { rows } = await this.#database.query<{ store_id: string }>(sql.nextStoreId(table), [after]);
        return rows[0]?.store_id;
      };
      for (let id = await next(""); id !== undefined; id = await next(id)) found.add(id);
    }
    return [...found].sort();
  }

  async count(table: TableName, storeId: string, limit: number) {
    const { rows } = await this.#database.query<{ count: number }>(sql.countRows(table), [storeId, limit]);
    return rows[0]?.count ?? 0;
  }

  async listImports(storeId: string, { status, before = AFTER_ALL_IDS, limit }: ImportSelection) {
    const { rows } = await this.#database.query(sql.listImports, [storeId, before, status ?? null, limit]);
    return rows.map(importState);
  }

  async readImport(storeId: string, importId: string) {
    const { rows } = await this.#database.query(selectImport, [storeId, importId]);
    return rows[0] && importState(rows[0]);
  }

  async *uploads(): AsyncGenerator<StoredUpload> {
    for (const storeId of await this.storeIds()) {
      let last = { import_id: "", upload_id: "" };
      for (;;) {
        const { rows } = await this.#database.query<typeof last>(sql.nextUpload, [storeId, ...Object.values(last)]);
        const [next] = rows;
        if (next === undefined) break;
        last = next;
        yield { storeId, importId: next.import_id, uploadId: next.upload_id };
      }
    }
  }

  async uploadSize(storeId: string, importId: string, uploadId: string) {
    const values = [storeId, importId, uploadId];
    const { rows } = await this.#database.query<{ size: number | null }>(sql.selectUploadSize, values);
    return rows[0]?.size ?? undefined;
  }

  snapshot<Result>(work: (reads: SnapshotReads) => Promise<Result>) {
    return this.#database.transaction((query) => work(new PostgresSnapshot(query)), "snapshot");
  }

  close() {
    return this.#database.close();
  }
}

class PostgresSnapshot implements SnapshotReads {
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  async readPage<Name extends TableName>(table: Name, storeId: string, limit: number, after?: readonly string[]) {
    const start = after ?? KEYS[table].map(() => "");
    return (await this.#query<TableRow<Name>>(sql.selectPage(table), [storeId, limit, ...start])).rows;
  }

  async readWhere<Name extends TableName>(
    table: Name,
    column: IndexedColumn<Name>,
    storeId: string,
    values: readonly string[],
  ) {
    if (values.length === 0) return [];
    return (await this.#query<TableRow<Name>>(sql.selectWhere(table, column), [storeId, values])).rows;
  }
}
