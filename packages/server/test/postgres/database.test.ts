import { describe, expect, it } from "vitest";
import { resolveTimeouts } from "../../src/configuration/resolve-limits.ts";
import { CONNECTION_DEFAULTS, PostgresDatabase } from "../../src/storage/postgres/database.ts";
import { usePostgres } from "./use-postgres.ts";

describe("a transaction", () => {
  const createDatabase = usePostgres();

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
  });
});
