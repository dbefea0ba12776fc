import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { StoreRules } from "../../domain/store-rules.ts";
import { type Storage, StorageUnavailableError } from "../storage.ts";
import { SqliteStorage } from "./sqlite-storage.ts";
import { ThreadedStorage } from "./threaded-storage.ts";

/** A database in memory, in the thread that calls: nothing in it waits for a disk. */
export function openMemory(rules: ReadonlyMap<string, StoreRules>): Storage {
  return new SqliteStorage({ file: ":memory:", rules });
}

/**
 * The database of a data folder, in a thread of its own.
 *
 * @param folder made if it is not there
 * @throws {StorageUnavailableError} if another server has the folder, or the database cannot be opened
 */
export async function openSqlite(folder: string, rules: ReadonlyMap<string, StoreRules>): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "memory.db");
  await keepPrivate(file);
  const unlock = lockFolder(folder);
  try {
    const storage = await ThreadedStorage.open({ file, rules });
    const close = storage.close.bind(storage);
    return Object.assign(storage, { close: () => close().finally(unlock) });
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Holds a lock that the system lets go of when the process ends, however it ends. */
function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, "lock"));
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch {
    lock.close();
    throw new StorageUnavailableError(
      `The data folder ${folder} is in use by another server. Stop it, or take another folder.`,
    );
  }
  return () => lock.close();
}

/** A new database is for its owner alone, in whatever folder; SQLite makes the files beside it alike. What fails here, SQLite tells. */
async function keepPrivate(file: string): Promise<void> {
  const created = await open(file, "a", 0o600).catch(() => undefined);
  await created?.close();
}
