import { StorageUnavailableError } from "../storage.ts";

/** Primary result codes of SQLite (https://sqlite.org/rescode.html) that the caller did not cause. */
const UNAVAILABLE: ReadonlyMap<number, string> = new Map([
  [5, "is locked by another process"],
  [8, "cannot be written"],
  [10, "cannot be read or written"],
  [11, "is damaged"],
  [13, "or its disk is full"],
  [14, "cannot be opened"],
  [26, "is not a database"],
]);

/** @returns a {@link StorageUnavailableError} for an error of SQLite that the caller did not cause; any other error unchanged */
export function toStorageError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "ERR_INVALID_STATE") return new StorageUnavailableError("The embedded database is closed.");
  if (!("errcode" in error)) return error;
  const reason = UNAVAILABLE.get(Number(error.errcode) & 0xff);
  return reason === undefined ? error : new StorageUnavailableError(`The embedded database ${reason}.`);
}
