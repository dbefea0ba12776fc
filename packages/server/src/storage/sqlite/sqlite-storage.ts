import type { DatabaseSync } from "node:sqlite";
import { applyCommands } from "../../domain/apply-commands.ts";
import type { Command, Outcome } from "../../domain/command.ts";
import type { StoreRules } from "../../domain/store-rules.ts";
import type { ClaimedImport, ImportProgress, ImportRecord, Lease, ProfileView, Snapshot, Storage } from "../storage.ts";
import { decodeTraitValues } from "../trait-group-json.ts";
import { CommitQueue } from "./commit-queue.ts";
import { importRecord, importValues } from "./import-rows.ts";
import { PreparedStatements } from "./prepared-statements.ts";
import { migrateSqlite } from "./schema.ts";
import { putSnapshot, takeSnapshot } from "./snapshot.ts";
import { sqliteFault } from "./sqlite-fault.ts";
import { SqliteTransaction } from "./sqlite-transaction.ts";

export interface SqliteOptions {
  /** Path of the database file, or `:memory:`. */
  readonly file: string;
  /** By store ID. */
  readonly rules: ReadonlyMap<string, StoreRules>;
}

/** Beyond every ID, and so before the first of a descending list. */
const AFTER_ALL_IDS = "~";

/** The embedded database, in the thread that calls. Its calls block that thread: in a service it stands in a thread of its own. */
export class SqliteStorage implements Storage {
  readonly #database: DatabaseSync;
  readonly #statements: PreparedStatements;
  readonly #queue: CommitQueue;
  readonly #rules: ReadonlyMap<string, StoreRules>;

  /** @throws {StorageUnavailableError} if the file cannot be opened */
  constructor({ file, rules }: SqliteOptions) {
    this.#rules = rules;
    // An import would fail on Node.js 20 even if only the package is imported.
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    try {
      this.#database = new DatabaseSync(file);
      this.#database.exec(`
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 1000;
        PRAGMA cache_size = -24576; PRAGMA temp_store = MEMORY;`);
      migrateSqlite(this.#database);
      // One process at a time has this file, so whoever leased an import is gone.
      this.#database.exec("UPDATE import_jobs SET due_at = 0, owner = NULL WHERE owner IS NOT NULL");
    } catch (error) {
      throw sqliteFault(error);
    }
    this.#statements = new PreparedStatements(this.#database);
    this.#queue = new CommitQueue(this.#database);
  }

  apply(storeId: string, commands: readonly Command[]): Promise<readonly Outcome[]> {
    return this.#queue.add(() => this.#applyCommands(storeId, commands));
  }

  async fetchProfile(storeId: string, profileId: string, groups?: readonly string[]) {
    return this.#read((): ProfileView | undefined => {
      const profile = this.#statements.get("readProfile", storeId, profileId);
      if (profile === undefined) {
        const redirect = this.#statements.get("readRedirect", storeId, profileId);
        return redirect && { kind: "moved", id: String(redirect["canonical_id"]) };
      }
      const rows =
        groups?.flatMap((name) => this.#statements.all("readTraitGroup", storeId, profileId, name)) ??
        this.#statements.all("readTraitGroups", storeId, profileId);
      const traits = new Map(rows.map((row) => [String(row["name"]), decodeTraitValues(String(row["traits"]))]));
      return { kind: "live", createdAt: Number(profile["created_at"]), traits };
    });
  }

  async listProfiles(storeId: string, order: "ASC" | "DESC", limit: number, after?: string) {
    return this.#read(() => {
      const rows =
        order === "ASC"
          ? this.#statements.all("listAscending", storeId, after ?? "", limit)
          : this.#statements.all("listDescending", storeId, after ?? AFTER_ALL_IDS, limit);
      return rows.map((row) => String(row["id"]));
    });
  }

  createImport(storeId: string, created: ImportRecord): Promise<void> {
    return this.#queue.add(async () => {
      this.#statements.run("createImport", ...importValues(storeId, created));
      this.#statements.run("createJob", storeId, created.id, created.expiresAt);
    });
  }

  async fetchImport(storeId: string, importId: string) {
    return this.#read(() => {
      const row = this.#statements.get("readImport", storeId, importId);
      return row && importRecord(row);
    });
  }

  async listImports(storeId: string, limit: number) {
    return this.#read(() => this.#statements.all("listImports", storeId, limit).map((row) => String(row["id"])));
  }

  acceptUpload(storeId: string, importId: string, uploadId: string, now: number): Promise<boolean> {
    return this.#queue.add(async () => {
      if (this.#statements.run("acceptUpload", uploadId, now, storeId, importId) === 0) return false;
      this.#statements.run("makeJobDue", now, storeId, importId);
      return true;
    });
  }

  async claimImport(storeId: string, owner: string, now: number, until: number): Promise<ClaimedImport | undefined> {
    // Most looks find nothing, and need no transaction.
    if (this.#read(() => this.#statements.get("readDueJob", storeId, now)) === undefined) return undefined;
    return this.#queue.add(async () => {
      const importId = this.#statements.get("readDueJob", storeId, now)?.["import_id"];
      if (typeof importId !== "string") return undefined;
      this.#statements.run("claimJob", until, owner, storeId, importId);
      const row = this.#statements.get("readImport", storeId, importId);
      if (row === undefined) throw new Error(`The job of ${importId} has no import.`);
      const uploadId = row["upload_id"];
      return { record: importRecord(row), ...(typeof uploadId === "string" && { uploadId }) };
    });
  }

  applyRows(lease: Lease, commands: readonly Command[], progress: ImportProgress): Promise<boolean> {
    return this.#queue.add(async () => {
      const { storeId, importId, owner, until } = lease;
      if (this.#statements.run("extendLease", until, storeId, importId, owner) === 0) return false;
      await this.#applyCommands(storeId, commands);
      this.#writeProgress(lease, "PROCESSING", progress);
      return true;
    });
  }

  finishImport(lease: Lease, status: "COMPLETED" | "FAILED", progress: ImportProgress): Promise<boolean> {
    return this.#queue.add(async () => {
      if (this.#statements.run("removeJob", lease.storeId, lease.importId, lease.owner) === 0) return false;
      this.#writeProgress(lease, status, progress);
      return true;
    });
  }

  releaseImport({ storeId, importId, owner, now }: Lease): Promise<void> {
    return this.#queue.add(async () => {
      this.#statements.run("releaseJob", now, storeId, importId, owner);
    });
  }

  /** Writes a few pages for good and removes them again: a full disk has no room for them. */
  async probe(): Promise<void> {
    await this.#queue.add(async () => {
      this.#database.exec("CREATE TABLE IF NOT EXISTS probe (room); INSERT INTO probe VALUES (zeroblob(65536))");
    });
    await this.#queue.add(async () => this.#database.exec("DROP TABLE probe"));
  }

  async snapshot(): Promise<Snapshot> {
    return this.#queue.add(async () => takeSnapshot(this.#database));
  }

  restore(snapshot: Snapshot): Promise<void> {
    return this.#queue.add(async () => putSnapshot(this.#database, snapshot));
  }

  async close(): Promise<void> {
    await this.#queue.add(async () => {});
    this.#database.close();
  }

  #applyCommands(storeId: string, commands: readonly Command[]): Promise<Outcome[]> {
    const rules = this.#rules.get(storeId);
    if (rules === undefined) throw new Error(`There is no store ${storeId}.`);
    return applyCommands(new SqliteTransaction(this.#statements, storeId), rules, commands);
  }

  #writeProgress({ storeId, importId, now }: Lease, status: ImportRecord["status"], progress: ImportProgress): void {
    const { offset, rows, errors, warnings } = progress;
    this.#statements.run("writeProgress", status, now, offset, rows, errors, warnings, storeId, importId);
  }

  #read<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw sqliteFault(error);
    }
  }
}
