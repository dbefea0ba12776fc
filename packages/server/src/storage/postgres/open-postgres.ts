import type { StoreRules } from "../../domain/store-rules.ts";
import type { Storage, UploadStorage } from "../storage.ts";
import { connectPostgres, type PostgresConnection } from "./connect-postgres.ts";
import { importStorage } from "./import-storage.ts";
import { inTransaction, runStatement } from "./in-transaction.ts";
import { checkVersion, migratePostgres } from "./migrate.ts";
import { profileStorage } from "./profile-storage.ts";
import { readSnapshot, writeSnapshot } from "./snapshots.ts";
import { beginSnapshot, probe } from "./storage-statements.ts";
import { UploadRows } from "./upload-rows.ts";

export interface PostgresOptions extends PostgresConnection {
  /** By store ID. */
  readonly rules: ReadonlyMap<string, StoreRules>;
  /**
   * Whether to bring the tables to what this release needs. Without it the database must have been migrated.
   *
   * @default true
   */
  readonly migrate?: boolean;
}

export interface PostgresStorage extends Storage {
  readonly uploads: UploadStorage;
}

/** The store of a row that is written to see whether one can be. No real store has this ID. */
const PROBE = "";

/**
 * Keeps everything in a PostgreSQL database. Any number of processes may use the same one.
 *
 * @throws {SchemaVersionError} if the tables are not those of this release
 * @throws {StorageUnavailableError} if the database cannot be reached
 */
export async function openPostgres(options: PostgresOptions): Promise<PostgresStorage> {
  const { rules, migrate = true } = options;
  if (migrate) await migratePostgres(options);
  const pool = connectPostgres(options);
  await checkVersion(pool).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });

  const rulesOf = (storeId: string) => {
    const found = rules.get(storeId);
    if (found === undefined) throw new Error(`No store has the ID ${storeId}.`);
    return found;
  };
  const storeIds = [...rules.keys()];
  return {
    ...profileStorage(pool, rulesOf),
    ...importStorage(pool, rulesOf),
    uploads: new UploadRows(pool),
    async probe() {
      await runStatement(pool, probe, [PROBE]);
    },
    snapshot: () => inTransaction(pool, (query) => readSnapshot(query, storeIds), beginSnapshot),
    restore: (snapshot) => inTransaction(pool, (query) => writeSnapshot(query, storeIds, snapshot)),
    close: () => pool.end(),
  };
}
