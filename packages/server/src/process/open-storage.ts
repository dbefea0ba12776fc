import { join } from "node:path";
import type { Settings } from "../configuration/settings.ts";
import type { Clock } from "../domain/clock.ts";
import { openSqlite } from "../storage/sqlite/open-sqlite.ts";
import type { Storage, StorageNode } from "../storage/storage.ts";
import { type ConnectionReport, LateObserver, type StorageObserver } from "../storage/storage-observer.ts";
import { UploadFiles } from "../storage/uploads/upload-files.ts";
import type { UploadStorage } from "../storage/uploads/upload-storage.ts";

export interface OpenedStorage {
  readonly storage: Storage;
  readonly uploads: UploadStorage;
  /** The clock that all processes on this storage share. */
  readonly clock: Clock;
  /** The nodes of a cluster when it was opened. */
  readonly nodes?: readonly StorageNode[];
  /** Sets the observer of the storage. */
  observe?(observer: StorageObserver): void;
  /** The connections of this process to PostgreSQL. */
  connections?(): ConnectionReport;
  /** Calls the listener with each error of a connection that is not in use. */
  onConnectionError?(listener: (error: Error) => void): void;
}

/**
 * Opens the storage that the settings name: PostgreSQL, or the embedded database with uploads in files beside it.
 *
 * @throws {StorageUnavailableError} also if no store can be written
 */
export async function openStorage(settings: Settings): Promise<OpenedStorage> {
  const observer = new LateObserver();
  const open = settings.databaseUrl === undefined ? openEmbedded : openShared;
  const opened = { ...(await open(settings, observer)), observe: observer.forwardTo.bind(observer) };
  try {
    const nodes = await opened.storage.probe([...settings.stores.keys()]);
    await opened.uploads.probe();
    return { ...opened, nodes };
  } catch (error) {
    await opened.storage.close();
    throw error;
  }
}

async function openShared(
  { databaseUrl = "", databaseConnections }: Settings,
  observer: StorageObserver,
): Promise<OpenedStorage> {
  // Loaded only if it is needed: the embedded database starts faster without it.
  const { openPostgres } = await import("../storage/postgres/open-postgres.ts");
  return openPostgres({
    databaseUrl,
    observer,
    ...(databaseConnections !== undefined && { maxConnections: databaseConnections }),
  });
}

async function openEmbedded({ dataFolder }: Settings, observer: StorageObserver): Promise<OpenedStorage> {
  const storage = await openSqlite(dataFolder, observer);
  try {
    const uploads = await UploadFiles.open(join(dataFolder, "uploads"), storage);
    return { storage, uploads, clock: { now: Date.now } };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
