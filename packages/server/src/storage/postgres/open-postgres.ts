import { groupWrites } from "../group-commit.ts";
import type { Storage } from "../storage.ts";
import type { ConnectionReport, StorageObserver } from "../storage-observer.ts";
import { TransactionalStorage } from "../transactional-storage.ts";
import { UploadRows } from "../uploads/upload-rows.ts";
import type { UploadStorage } from "../uploads/upload-storage.ts";
import { DatabaseClock } from "./clock.ts";
import { checkDistribution, isCoordinator } from "./cluster.ts";
import { type PostgresConnection, PostgresDatabase } from "./database.ts";
import { checkVersion, migratePostgres } from "./migrate.ts";
import { PostgresRows } from "./rows.ts";

export interface PostgresOptions extends Omit<PostgresConnection, "onConnectionError" | "onRetry" | "isCluster"> {
  /** By default, nothing is measured. */
  readonly observer?: StorageObserver;
  /**
   * Whether to migrate the tables to this release. If not, or on a Citus cluster, the database must already be migrated.
   *
   * @default true
   */
  readonly migrate?: boolean;
}

export interface OpenedPostgres {
  readonly storage: Storage;
  readonly uploads: UploadStorage;
  readonly clock: { now(): number };
  /** The connections of this process. */
  connections(): ConnectionReport;
  /** Sets the listener for errors of idle connections. It replaces an earlier one. */
  onConnectionError(listener: (error: Error) => void): void;
}

/** Maximum number of concurrent transactions of one store, so that a store leaves connections to others. */
const GROUPING = { atOnce: 8, atOncePerAccount: 4, storesPerTransaction: 1 };

/**
 * Stores everything in a PostgreSQL database. Any number of processes may use the same one.
 *
 * @throws {SchemaVersionError} if the database does not have the schema version of this release
 * @throws {ClusterError} if the database is on a worker of a Citus cluster, or its tables are not distributed
 * @throws {StorageUnavailableError} if the database cannot be reached or written
 */
export async function openPostgres(options: PostgresOptions): Promise<OpenedPostgres> {
  const { observer } = options;
  const isCluster = await isCoordinator(options);
  // The tables of a new version must be distributed, which is for an operator to start.
  if (!isCluster && (options.migrate ?? true)) await migratePostgres(options);
  let listener: (error: Error) => void = () => {};
  const database = new PostgresDatabase({
    ...options,
    isCluster,
    onConnectionError: (error) => listener(error),
    onRetry: (reason) => observer?.retried(reason),
  });
  try {
    if (isCluster) await checkDistribution((...given) => database.query(...given));
    await checkVersion(database);
    const clock = await DatabaseClock.start(database);
    const storage = new TransactionalStorage(new PostgresRows(database, isCluster), observer);
    const close = async () => {
      clock.stop();
      await storage.close();
    };
    const grouped = groupWrites(storage, storage, GROUPING);
    return {
      storage: { ...grouped, close },
      uploads: new UploadRows(database),
      clock,
      connections: () => database.connections(),
      onConnectionError(given) {
        listener = given;
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
