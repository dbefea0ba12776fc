import { describe, expect, it } from "vitest";
import { toStorageError } from "../../src/storage/sqlite/errors.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";

const sqliteError = (errcode: number) => Object.assign(new Error("of SQLite"), { code: "ERR_SQLITE_ERROR", errcode });

describe("an error of the embedded database", () => {
  it.each([
    [5, "is locked by another process"],
    [8, "cannot be written"],
    [10, "cannot be read or written"],
    [11, "is damaged"],
    [13, "or its disk is full"],
    [14, "cannot be opened"],
    [26, "is not a database"],
  ])("with the primary code %d makes it unavailable, whatever the extended code", (errcode, reason) => {
    for (const error of [sqliteError(errcode), sqliteError(errcode + 3 * 256)]) {
      expect(toStorageError(error)).toEqual(new StorageUnavailableError(`The embedded database ${reason}.`));
    }
  });

  it("makes it unavailable once it is closed", () => {
    const closed = Object.assign(new Error("database is not open"), { code: "ERR_INVALID_STATE" });
    expect(toStorageError(closed)).toEqual(new StorageUnavailableError("The embedded database is closed."));
  });

  it.each([
    ["of a constraint", sqliteError(19)],
    ["without a code of SQLite", Object.assign(new Error("other"), { code: "ENOENT" })],
    ["without a code", new Error("other")],
    ["that is not an Error", { code: "ERR_INVALID_STATE", errcode: 13 }],
  ])("%s stays as it is", (_what, error) => {
    expect(toStorageError(error)).toBe(error);
  });
});
