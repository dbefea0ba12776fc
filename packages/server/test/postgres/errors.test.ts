import pg from "pg";
import { describe, expect, it } from "vitest";
import {
  conflictOf,
  isConnectionLost,
  StatementRejectedError,
  toStorageError,
} from "../../src/storage/postgres/errors.ts";
import { NodeUnavailableError, StorageBusyError, StorageUnavailableError } from "../../src/storage/storage.ts";

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

describe("an error of a Citus cluster", () => {
  const onNode = 'SQL function "x"\nwhile executing command on 10.0.0.2:5432';
  const errorOf = (code: string, message: string, where?: string) =>
    toStorageError(Object.assign(new pg.DatabaseError(message, 0, "error"), { code, where }));
  const unreachable =
    "connection to the remote node memory@10.0.0.2:5432 failed with the following error: Connection refused";

  it.each([
    ["08006", unreachable, undefined],
    ["08006", "could not establish any connections to the node 10.0.0.2:5432 after 5000 ms", undefined],
    ["XX000", "could not commit transaction for shard 102008 on at least one active node", undefined],
    ["XX000", "server closed the connection unexpectedly\n\tThis probably means ...", onNode],
    ["XX000", "SSL SYSCALL error: EOF detected", onNode],
    ["57P01", "terminating connection due to administrator command", onNode],
    ["53100", "could not extend file", onNode],
  ])(
    "with SQLSTATE %s and the message %j makes one node unavailable, and the connection stays usable",
    (code, message, where) => {
      const error = errorOf(code, message, where);
      expect(error).toBeInstanceOf(NodeUnavailableError);
      expect(error.message).toBe(`A node of the PostgreSQL cluster cannot be used: ${message} (${code})`);
      expect(isConnectionLost(error)).toBe(false);
    },
  );

  it.each([
    ["cache lookup failed for relation 4711", onNode],
    ["unexpected chunk number 2 (expected 1) for toast value 7", undefined],
    ["server closed the connection unexpectedly", undefined],
    ["could not commit transaction for shard 102008 on at least one active node, or so", undefined],
  ])("with SQLSTATE XX000 and the message %j is a fault (context: %j)", (message, where) => {
    expect(errorOf("XX000", message, where)).toBeInstanceOf(StatementRejectedError);
  });

  it("that a statement caused on a node rejects the statement", () => {
    const error = errorOf("23505", "duplicate key", onNode);
    expect(error).toBeInstanceOf(StatementRejectedError);
    expect(isConnectionLost(error)).toBe(false);
  });

  it("that ends the connection to the coordinator makes the storage unavailable", () => {
    const error = errorOf("57P01", "terminating connection due to administrator command");
    expect(error).not.toBeInstanceOf(NodeUnavailableError);
    expect(isConnectionLost(error)).toBe(true);
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
