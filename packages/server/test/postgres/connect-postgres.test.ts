import { describe, expect, it } from "vitest";
import { resolveTimeouts } from "../../src/configuration/resolve-limits.ts";
import { connectPostgres } from "../../src/storage/postgres/connect-postgres.ts";
import { usePostgres } from "./use-postgres.ts";

describe("a connection", () => {
  const createDatabase = usePostgres();

  it("limits idle transactions once it is made, since PgBouncer refuses one that begins with the setting", async () => {
    const pool = connectPostgres({ databaseUrl: await createDatabase(), statementMs: 7000 });
    const settings = "SELECT setting, source FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'";
    expect((await pool.query(settings)).rows).toEqual([{ setting: "7000", source: "session" }]);
    await pool.end();
  });
});

describe("a database that hangs", () => {
  it("is given up before the socket of the caller idles out", () => {
    const { connectionTimeoutMillis = 0, query_timeout = 0 } = connectPostgres({
      databaseUrl: "postgres://host",
    }).options;
    expect([connectionTimeoutMillis, query_timeout]).toEqual([5000, 10_000]);
    // To connect, to set the connection up, and one statement.
    expect(connectionTimeoutMillis + 2 * query_timeout).toBeLessThan(resolveTimeouts({}).idleMs);
  });
});
