import { describe, expect, it } from "vitest";
import { resolveTimeouts } from "../../src/configuration/resolve-limits.ts";
import { CONNECTION_DEFAULTS, PostgresDatabase } from "../../src/storage/postgres/database.ts";
import { StorageBusyError } from "../../src/storage/storage.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();

describe("a call that finds every connection in use", () => {
  it.each<[name: string, call: (database: PostgresDatabase) => Promise<unknown>]>([
    ["statement", (database) => database.query("SELECT 1")],
    ["transaction", (database) => database.transaction((query) => query("SELECT 1"))],
  ])("is busy rather than unavailable, if it is a %s", async (_, call) => {
    const database = new PostgresDatabase({ databaseUrl: await createDatabase(), maxConnections: 1, connectMs: 300 });
    const done = new AbortController();
    const other = database.transaction(async (query) => {
      while (!done.signal.aborted) await query("SELECT 1");
    });
    await expect(call(database)).rejects.toThrow(StorageBusyError);
    done.abort();
    await other;
    await call(database);
    await database.close();
  });
});

describe("a transaction", () => {
  it("limits waits for locks and for its next statement, without changing the session", async () => {
    const database = new PostgresDatabase({
      databaseUrl: await createDatabase(),
      statementMs: 7000,
      maxConnections: 1,
    });
    const settings = `
      SELECT name, setting FROM pg_settings
      WHERE name IN ('idle_in_transaction_session_timeout', 'lock_timeout') ORDER BY name`;
    const inside = await database.transaction((query) => query(settings));
    expect(inside.rows.map((row) => row["setting"])).toEqual(["7000", "3500"]);
    const outside = await database.query(settings);
    expect(outside.rows.map((row) => row["setting"])).toEqual(["0", "0"]);
    await database.close();
  });
});

describe("a database that hangs", () => {
  it("causes an error before the socket of the caller times out", () => {
    const { connectMs, statementMs } = CONNECTION_DEFAULTS;
    expect(connectMs + 2 * statementMs).toBeLessThan(resolveTimeouts({}).idleMs);
    // Otherwise, a database whose connections all wait for locks would seem not to respond to a call that waits for a connection.
    expect(statementMs / 2).toBeLessThanOrEqual(connectMs);
  });
});
