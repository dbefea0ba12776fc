import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { forwardingTo, READS } from "../forwarding.ts";
import { groupWrites } from "../group-commit.ts";
import { type Storage, type StorageReads, StorageUnavailableError } from "../storage.ts";
import type { StorageObserver } from "../storage-observer.ts";
import { RowStorageReads, TransactionalStorage } from "../transactional-storage.ts";
import { SqliteDatabase, SqliteReader } from "./database.ts";
import { toStorageError } from "./errors.ts";
import { openThread } from "./thread.ts";

/** A file of the data folder that is locked while a server uses the folder. */
export const LOCK = "lock";

/** Another process has a lock (https://sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;

/** One transaction at a time, since there is one writer. It may span stores, so that they share the wait for the disk. */
const GROUPING = { atOnce: 1, atOncePerAccount: 1, storesPerTransaction: Number.POSITIVE_INFINITY };

/** A database in memory, in the thread that calls: it never waits for a disk. */
export function openMemory(): Storage {
  const storage = new TransactionalStorage(SqliteDatabase.open());
  return groupWrites(storage, storage, GROUPING);
}

/**
 * The database of a data folder. A separate thread writes it. The calling thread reads through its own connection, so that reads never wait
 * for writes.
 *
 * @param folder created if it does not exist
 * @throws {StorageUnavailableError} if another server uses the folder, or the database cannot be opened
 */
export async function openSqlite(folder: string, observer?: StorageObserver): Promise<Storage> {
  // Synchronous, so that the thread starts before the modules that the caller loads meanwhile.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "memory.db");
  makePrivate(file);
  const unlock = lockFolder(folder);
  let release = async () => unlock();
  try {
    const writes = await openThread(file, observer);
    release = () => writes.close().finally(unlock);
    const reader = new SqliteReader(file);
    const reads = forwardingTo<StorageReads>(READS, new RowStorageReads(reader));
    const close = async () => {
      reader.close();
      await release();
    };
    return groupWrites(reads, { ...writes, close }, GROUPING);
  } catch (error) {
    await release().catch(() => {});
    throw error;
  }
}

/**
 * Takes a lock that the operating system releases when the process ends, even after a crash.
 *
 * @returns a function that releases it
 * @throws {StorageUnavailableError} if another process has it
 */
export function lockFolder(folder: string): () => void {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  makePrivate(join(folder, LOCK));
  const lock = new DatabaseSync(join(folder, LOCK));
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (Object(error).errcode !== SQLITE_BUSY) throw toStorageError(error);
    throw new StorageUnavailableError(
      `The data folder ${folder} is in use by another server. Stop that server, or use another folder.`,
    );
  }
  return () => lock.close();
}

/**
 * Creates a file that only its owner may read, if it does not exist; SQLite creates the files beside it with the same mode. An existing file
 * is not opened: closing it would release the locks that this process has on it.
 */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch {
    // It exists, or SQLite reports why it cannot be opened.
  }
}
