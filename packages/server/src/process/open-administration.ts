import { join } from "node:path";
import type { StorageSettings } from "../configuration/resolve-storage-settings.ts";
import type { Clock } from "../domain/clock.ts";
import { ImportAdministration } from "../storage/import-administration.ts";
import type { Inspection } from "../storage/inspection.ts";
import { SqliteDatabase } from "../storage/sqlite/database.ts";
import { SqliteInspection } from "../storage/sqlite/inspection.ts";
import { lockFolder } from "../storage/sqlite/open-sqlite.ts";
import { RowStorageReads } from "../storage/transactional-storage.ts";
import { UploadFiles } from "../storage/uploads/upload-files.ts";
import type { UploadStorage } from "../storage/uploads/upload-storage.ts";

/** What the commands that change imports use. */
export interface OpenedAdministration {
  readonly imports: ImportAdministration;
  readonly uploads: Pick<UploadStorage, "remove">;
  /** The clock of the storage. */
  readonly clock: Clock;
  close(): Promise<void>;
}

/**
 * Opens the storage to read it. Servers can use it at the same time.
 *
 * @throws {Error} if it contains no database, or one with another schema
 * @throws {StorageUnavailableError}
 */
export async function openInspection({ dataFolder, databaseUrl }: StorageSettings): Promise<Inspection> {
  if (databaseUrl === undefined) return SqliteInspection.open(dataFolder);
  const { PostgresInspection } = await import("../storage/postgres/inspection.ts");
  const { database } = await openDatabase(databaseUrl);
  return new PostgresInspection(database);
}

/**
 * Opens the storage to change imports. Servers can use PostgreSQL at the same time, but not a data folder, which one process owns.
 *
 * @throws {StorageUnavailableError} also if a server uses the data folder
 */
export async function openAdministration({ dataFolder, databaseUrl }: StorageSettings): Promise<OpenedAdministration> {
  return databaseUrl === undefined ? openFolder(dataFolder) : openShared(databaseUrl);
}

async function openFolder(folder: string): Promise<OpenedAdministration> {
  // Rejects a folder without a database, and does not migrate one of an earlier release.
  await SqliteInspection.open(folder).close();
  const unlock = lockFolder(folder);
  try {
    const rows = SqliteDatabase.open(join(folder, "memory.db"));
    const close = () => rows.close().finally(unlock);
    const uploads = await UploadFiles.open(join(folder, "uploads"), new RowStorageReads(rows)).catch(async (error) => {
      await rows.close();
      throw error;
    });
    return { imports: new ImportAdministration(rows), uploads, clock: { now: Date.now }, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openShared(databaseUrl: string): Promise<OpenedAdministration> {
  const { DatabaseClock } = await import("../storage/postgres/clock.ts");
  const { PostgresRows } = await import("../storage/postgres/rows.ts");
  const { UploadRows } = await import("../storage/uploads/upload-rows.ts");
  const { database, isCluster } = await openDatabase(databaseUrl);
  const close = () => database.close();
  const clock = await DatabaseClock.start(database).catch(async (error) => {
    await close();
    throw error;
  });
  clock.stop();
  return {
    imports: new ImportAdministration(new PostgresRows(database, isCluster)),
    uploads: new UploadRows(database),
    clock,
    close,
  };
}

/** One connection, so that a command leaves the others to the servers. */
async function openDatabase(databaseUrl: string) {
  const { isCoordinator } = await import("../storage/postgres/cluster.ts");
  const { PostgresDatabase } = await import("../storage/postgres/database.ts");
  const { checkVersion } = await import("../storage/postgres/migrate.ts");
  const isCluster = await isCoordinator({ databaseUrl });
  const database = new PostgresDatabase({ databaseUrl, isCluster, maxConnections: 1 });
  try {
    await checkVersion(database);
    return { database, isCluster };
  } catch (error) {
    await database.close();
    throw error;
  }
}
