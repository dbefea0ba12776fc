import { statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import type { RowReads, Rows, RowTransaction } from "../rows.ts";
import { StorageUnavailableError } from "../storage.ts";
import { toStorageError } from "./errors.ts";
import { migrateSqlite } from "./migrations.ts";
import { PreparedStatements } from "./prepared-statements.ts";
import { SqliteReads, SqliteTransaction } from "./rows.ts";

/** In memory, for the lifetime of the process. */
const IN_MEMORY = ":memory:";

/** SQLite maps no more bytes of a file than this, and reads the rest. */
const LARGEST_MAPPING = 2_147_418_112;

/** The embedded database, in the calling thread. Its calls block this thread, so a server runs it in a separate one. */
export class SqliteDatabase extends SqliteReads implements Rows {
  readonly #database: DatabaseSync;
  readonly #isInPlace: () => boolean;
  #lastTurn: Promise<unknown> = Promise.resolve();

  private constructor(database: DatabaseSync, isInPlace: () => boolean) {
    super(new PreparedStatements(database));
    this.#database = database;
    this.#isInPlace = isInPlace;
  }

  /**
   * @param file path of the database file; by default, the database is in memory
   * @throws {StorageUnavailableError} if the file cannot be opened
   */
  static open(file: string = IN_MEMORY): SqliteDatabase {
    try {
      const database = openFile(file);
      database.exec(`
        PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 1000;
        PRAGMA cache_size = -24576; PRAGMA temp_store = MEMORY;`);
      migrateSqlite(database);
      // One process at a time uses this file, so the owners of all leases are gone.
      database.exec("UPDATE imports SET due_at = 0, owner = NULL WHERE owner IS NOT NULL");
      return new SqliteDatabase(database, file === IN_MEMORY ? () => true : sameFile(file));
    } catch (error) {
      throw toStorageError(error);
    }
  }

  /** Transactions run one after the other: a second one must not begin while the first awaits. */
  transaction<Result>(work: (transaction: RowTransaction) => Promise<Result>): Promise<Result> {
    const result = this.#lastTurn.then(() => this.#run(work));
    this.#lastTurn = result.catch(() => {});
    return result;
  }

  /** Writes a few pages and removes them again, because a full disk has no space for them. */
  async probe(): Promise<readonly []> {
    await this.transaction(async () => {
      this.#database.exec("CREATE TABLE IF NOT EXISTS probe (space); INSERT INTO probe VALUES (zeroblob(65536))");
    });
    await this.transaction(async () => this.#database.exec("DROP TABLE probe"));
    return [];
  }

  async close(): Promise<void> {
    await this.#lastTurn;
    this.#database.close();
  }

  async #run<Result>(work: (transaction: RowTransaction) => Promise<Result>): Promise<Result> {
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      const result = await work(new SqliteTransaction(this.statements));
      this.#database.exec("COMMIT");
      // SQLite continues to write to a file that was deleted, and everything in it would be lost.
      if (!this.#isInPlace()) throw new StorageUnavailableError("The file of the embedded database was deleted.");
      return result;
    } catch (error) {
      if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw toStorageError(error);
    }
  }
}

/**
 * Reads a database that another connection writes. The reads of one turn of the event loop share a transaction, which saves a
 * lock for each of them.
 */
export class SqliteReader extends SqliteReads {
  readonly #database: DatabaseSync;
  #waiting: (() => void)[] = [];

  /** @throws {StorageUnavailableError} if the file cannot be opened */
  constructor(file: string) {
    const database = openFile(file, { readOnly: true });
    // In a large database, most rows are read from a page that the cache does not hold. Mapped, they cost no system call.
    database.exec(`PRAGMA busy_timeout = 1000; PRAGMA cache_size = -16384; PRAGMA mmap_size = ${LARGEST_MAPPING};`);
    super(new PreparedStatements(database));
    this.#database = database;
  }

  override readProfile(...values: Parameters<RowReads["readProfile"]>) {
    return this.#together(() => super.readProfile(...values));
  }

  override readCanonicalId(...values: Parameters<RowReads["readCanonicalId"]>) {
    return this.#together(() => super.readCanonicalId(...values));
  }

  override listProfileIds(...values: Parameters<RowReads["listProfileIds"]>) {
    return this.#together(() => super.listProfileIds(...values));
  }

  close(): void {
    this.#database.close();
  }

  #together<Result>(read: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const count = this.#waiting.push(() => read().then(resolve, reject));
      if (count === 1) setImmediate(() => this.#run());
    });
  }

  #run(): void {
    const reads = this.#waiting;
    this.#waiting = [];
    if (this.#database.isOpen && reads.length > 1) this.#database.exec("BEGIN");
    for (const read of reads) read();
    // A read that fails may have ended it.
    if (this.#database.isOpen && this.#database.isTransaction) this.#database.exec("COMMIT");
  }
}

export function openFile(file: string, options: { readonly readOnly?: boolean } = {}): DatabaseSync {
  // An import would fail on Node.js 20 even if only the package is imported.
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  try {
    return new DatabaseSync(file, options);
  } catch (error) {
    throw toStorageError(error);
  }
}

/** @returns a function that reports whether the path still names the same file */
function sameFile(file: string): () => boolean {
  const { dev, ino } = statSync(file);
  return () => {
    const now = statSync(file, { throwIfNoEntry: false });
    return now?.ino === ino && now.dev === dev;
  };
}
