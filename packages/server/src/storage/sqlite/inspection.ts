import { existsSync } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { patterns } from "@memory-api/types";
import { importState } from "../import-row.ts";
import type { ImportSelection, IndexedColumn, Inspection, SnapshotReads, StoredUpload } from "../inspection.ts";
import { KEYS, TABLE_NAMES, type TableName, type TableRow } from "../tables.ts";
import { UPLOAD_ID } from "../uploads/upload-files.ts";
import { openFile } from "./database.ts";
import { toStorageError } from "./errors.ts";
import { MIGRATIONS } from "./migrations.ts";
import { PreparedStatements, type Row } from "./prepared-statements.ts";

/** Sorts after every ID. */
const AFTER_ALL_IDS = "~";

/** The database of a data folder, read through a connection that cannot write. A server can use the folder at the same time. */
export class SqliteInspection implements Inspection, SnapshotReads {
  /** The connection, for a backup of what a snapshot sees. */
  readonly database: DatabaseSync;
  readonly #folder: string;
  readonly #statements: PreparedStatements;

  private constructor(database: DatabaseSync, folder: string) {
    this.database = database;
    this.#folder = folder;
    this.#statements = new PreparedStatements(database);
  }

  /**
   * @param folder the data folder
   * @throws {Error} if the folder contains no database, or one with another schema
   * @throws {StorageUnavailableError} if the database cannot be read
   */
  static open(folder: string): SqliteInspection {
    const file = join(folder, "memory.db");
    if (!existsSync(file)) {
      throw new Error(`The folder ${folder} contains no database. Specify the data folder with --data or --config.`);
    }
    const database = openFile(file, { readOnly: true });
    try {
      database.exec("PRAGMA busy_timeout = 5000");
      rejectOtherSchema(database);
      return new SqliteInspection(database, folder);
    } catch (error) {
      database.close();
      throw toStorageError(error);
    }
  }

  async storeIds() {
    const found = new Set<string>();
    for (const table of TABLE_NAMES) {
      const next = `SELECT store_id FROM ${table} WHERE store_id > ? ORDER BY store_id LIMIT 1`;
      for (let row = this.#first(next, ""); row !== undefined; row = this.#first(next, String(row["store_id"]))) {
        found.add(String(row["store_id"]));
      }
    }
    return [...found].sort();
  }

  async count(table: TableName, storeId: string, limit: number) {
    const statement = `SELECT count(*) AS count FROM (SELECT 1 FROM ${table} WHERE store_id = ? LIMIT ?)`;
    return Number(this.#first(statement, storeId, limit)?.["count"]);
  }

  async listImports(storeId: string, { status, before = AFTER_ALL_IDS, limit }: ImportSelection) {
    const rows = this.#statements.allOf(
      "SELECT * FROM imports WHERE store_id = ? AND id < ? AND status = coalesce(?, status) ORDER BY id DESC LIMIT ?",
      ...[storeId, before, status ?? null, limit],
    );
    return rows.map(importState);
  }

  async readImport(storeId: string, importId: string) {
    const row = this.#statements.get("readImport", storeId, importId);
    return row && importState(row);
  }

  /** Leaves out files that are still being written. */
  async *uploads(): AsyncGenerator<StoredUpload> {
    const folder = join(this.#folder, "uploads");
    if (!existsSync(folder)) return;
    for await (const { name } of await opendir(folder)) {
      const [importId = "", uploadId = "", ...rest] = name.split(".");
      if (rest.length === 0 && patterns.ImportId.test(importId) && UPLOAD_ID.test(uploadId)) {
        yield { importId, uploadId };
      }
    }
  }

  async uploadSize(_storeId: string, importId: string, uploadId: string) {
    const found = await stat(join(this.#folder, "uploads", `${importId}.${uploadId}`)).catch(({ code }) => {
      if (code !== "ENOENT") throw new Error(`The uploaded file of ${importId} cannot be read (${code}).`);
    });
    return found?.size;
  }

  /** Snapshots must not overlap, because they share the connection. */
  async snapshot<Result>(work: (reads: SnapshotReads) => Promise<Result>) {
    this.database.exec("BEGIN");
    try {
      return await work(this);
    } finally {
      this.database.exec("COMMIT");
    }
  }

  async readPage<Name extends TableName>(table: Name, storeId: string, limit: number, after?: readonly string[]) {
    const columns = KEYS[table];
    const key = columns.join(", ");
    const start = after ?? columns.map(() => "");
    const rows = this.#statements.allOf(
      `SELECT * FROM ${table} WHERE store_id = ? AND (${key}) > (${start.map(() => "?").join(", ")})
       ORDER BY ${key} LIMIT ?`,
      ...[storeId, ...start, limit],
    );
    return rows as unknown as TableRow<Name>[];
  }

  async readWhere<Name extends TableName>(
    table: Name,
    column: IndexedColumn<Name>,
    storeId: string,
    values: readonly string[],
  ) {
    // Without statistics, the planner would use the primary key and read the whole store.
    const index = table === "identifiers" ? "INDEXED BY identifiers_by_profile" : "";
    const rows = this.#statements.allOf(
      `SELECT ${table}.* FROM json_each(?) AS wanted CROSS JOIN ${table} ${index}
       WHERE ${table}.store_id = ? AND ${table}.${column} = wanted.value`,
      ...[JSON.stringify(values), storeId],
    );
    return rows as unknown as TableRow<Name>[];
  }

  async close() {
    this.database.close();
  }

  #first(statement: string, ...values: (string | number)[]): Row | undefined {
    return this.#statements.allOf(statement, ...values)[0];
  }
}

function rejectOtherSchema(database: DatabaseSync): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version === MIGRATIONS.length) return;
  throw new Error(
    version > MIGRATIONS.length
      ? `The database has schema ${version}, but this release supports schemas up to ${MIGRATIONS.length}. Use the release of the server that wrote it.`
      : `The database has schema ${version}, but this release needs ${MIGRATIONS.length}. Start the server once, which migrates it.`,
  );
}
