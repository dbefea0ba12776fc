import pg from "pg";
import { describe, expect, it } from "vitest";
import { conflictOf, StatementRejectedError, toStorageError } from "../../src/storage/postgres/errors.ts";
import { StorageBusyError, StorageUnavailableError } from "../../src/storage/storage.ts";

function databaseError(code?: string, constraint?: string): pg.DatabaseError {
  const error = new pg.DatabaseError("its message", 0, "error");
  return Object.assign(error, { code, constraint });
}

describe("an error of PostgreSQL", () => {
  it.each(["08006", "25006", "25P03", "28P01", "3D000", "42501", "53300", "57014", "57P01", "58030"])(
    "with SQLSTATE %s makes the storage unavailable",
    (code) => {
      const error = toStorageError(databaseError(code));
      expect(error).toBeInstanceOf(StorageUnavailableError);
      expect(error.message).toBe(`PostgreSQL cannot be used: its message (${code})`);
    },
  );

  it.each([
    ["23505", "profiles_pkey", "profiles_pkey (23505)"],
    ["40001", undefined, "SQLSTATE (40001)"],
    ["25001", undefined, "SQLSTATE (25001)"],
    ["22008", undefined, "SQLSTATE (22008)"],
    ["57000", undefined, "SQLSTATE (57000)"],
    [undefined, undefined, "SQLSTATE ()"],
    ["42P01", undefined, "its message (42P01)"],
    ["23542", undefined, "SQLSTATE (23542)"],
  ])(
    "with SQLSTATE %s rejects the statement, and keeps its message only if that is about tables",
    (code, constraint, expected) => {
      const error = toStorageError(databaseError(code, constraint));
      expect(error).toBeInstanceOf(StatementRejectedError);
      expect(error).toMatchObject({
        name: "StatementRejectedError",
        code: code ?? "",
        message: `PostgreSQL rejected a statement: ${expected}`,
      });
    },
  );

  it("that was converted before stays as it is", () => {
    const busy = new StorageBusyError("Every connection is in use.");
    expect(toStorageError(busy)).toBe(busy);
  });

  it.each<[string, unknown, string]>([
    ["with a code", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), "connect (ECONNREFUSED)"],
    ["without a code", new Error("Connection terminated"), "Connection terminated"],
    ["without a message", Object.assign(new Error(""), { code: "ECONNREFUSED" }), "(ECONNREFUSED)"],
    ["that is not an Error", "text", "unknown"],
  ])("%s makes the storage unavailable", (_what, cause, reason) => {
    const error = toStorageError(cause);
    expect(error).toBeInstanceOf(StorageUnavailableError);
    expect(error.message).toBe(`PostgreSQL cannot be used: ${reason}`);
  });
});

describe("a conflict", () => {
  it.each([
    ["40001", "serialization"],
    ["40P01", "deadlock"],
    ["55P03", "lock"],
  ])("with SQLSTATE %s is one of %s", (code, reason) => {
    expect(conflictOf(toStorageError(databaseError(code)))).toBe(reason);
  });

  it("is nothing else", () => {
    expect(conflictOf(toStorageError(databaseError("23505")))).toBeUndefined();
    expect(conflictOf(Object.assign(new Error("other"), { code: "40001" }))).toBeUndefined();
  });
});
