import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type { StoreRules } from "../../domain/store-rules.ts";
import { type Storage, StorageUnavailableError } from "../storage.ts";
import { sqliteFault } from "./sqlite-fault.ts";
import { SqliteStorage } from "./sqlite-storage.ts";
import { ThreadedStorage } from "./threaded-storage.ts";

/** A file of the data folder that is locked as long as a server has the folder. */
const LOCK = "lock";

/** Somebody else has a lock (https://sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;

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
  for (const made of [file, join(folder, LOCK)]) await makePrivate(made);
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
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const lock = new DatabaseSync(join(folder, LOCK));
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (Object(error).errcode !== SQLITE_BUSY) throw sqliteFault(error);
    throw new StorageUnavailableError(
      `The data folder ${folder} is in use by another server. Stop it, or take another folder.`,
    );
  }
  return () => lock.close();
}

/**
 * Makes a file that only its owner may read, in whatever folder, if it is not there; SQLite makes those beside it alike. One that is
 * there is not opened: closing it would take its locks from whoever has it in this process. What fails here, SQLite tells.
 */
async function makePrivate(file: string): Promise<void> {
  const made = await open(file, "wx", 0o600).catch(() => undefined);
  await made?.close();
}
