import { describe, expect, it, onTestFinished } from "vitest";
import { resolveTimeouts } from "../../src/configuration/resolve-limits.ts";
import { CONNECTION_DEFAULTS, type PostgresConnection, PostgresDatabase } from "../../src/storage/postgres/database.ts";
import { StatementRejectedError } from "../../src/storage/postgres/errors.ts";
import { StorageBusyError, StorageConflictError, StorageUnavailableError } from "../../src/storage/storage.ts";
import { administer } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();

/** Opens a new database with one connection, unless the options say otherwise. It is closed after the test. */
async function open(options: Partial<PostgresConnection> = {}) {
  const databaseUrl = await createDatabase();
  const database = new PostgresDatabase({ databaseUrl, maxConnections: 1, ...options });
  onTestFinished(() => database.close().catch(() => {}));
  return { database, databaseUrl };
}

type Call = [name: string, call: (database: PostgresDatabase, statement: string) => Promise<unknown>];
const calls: Call[] = [
  ["statement", (database, statement) => database.query(statement)],
  ["transaction", (database, statement) => database.transaction((query) => query(statement))],
];

/**
 * Runs the statement again and again in a transaction.
 *
 * @returns a function that ends the transaction
 */
async function occupy(database: PostgresDatabase, statement: string): Promise<() => Promise<void>> {
  const [begun, done] = [Promise.withResolvers<void>(), new AbortController()];
  const work = database.transaction(async (query) => {
    while (!done.signal.aborted) {
      await query(statement).catch(() => {});
      begun.resolve();
    }
  });
  const end = () => {
    done.abort();
    return work;
  };
  onTestFinished(end);
  await begun.promise;
  return end;
}

async function connectionOf(database: PostgresDatabase): Promise<unknown> {
  const { rows } = await database.query("SELECT pg_backend_pid() AS id");
  return rows[0]?.["id"];
}

describe.each(calls)("a %s", (_, call) => {
  it.each(["SELECT 1", "SELECT 1/0"])(
    "that finds every connection in use is busy rather than unavailable, if they get responses, to %s",
    async (statement) => {
      const { database } = await open({ connectMs: 1000 });
      const end = await occupy(database, statement);
      await expect(call(database, "SELECT 1")).rejects.toThrow(new StorageBusyError("Every connection is in use."));
      await end();
      await call(database, "SELECT 1");
    },
  );

  it("is unavailable if every connection is in use, and none gets a response", async () => {
    const { database, databaseUrl } = await open({ connectMs: 1000 });
    const begun = Promise.withResolvers<unknown>();
    const hanging = database.transaction(async (query) => {
      const { rows } = await query("SELECT pg_backend_pid() AS id");
      begun.resolve(rows[0]?.["id"]);
      await query("SELECT pg_sleep(60)");
    });
    const ended = expect(hanging).rejects.toThrow(StorageUnavailableError);
    const connection = await begun.promise;
    await expect(call(database, "SELECT 1")).rejects.toMatchObject({ name: "StorageUnavailableError" });
    await administer(databaseUrl, `SELECT pg_terminate_backend(${connection})`);
    await ended;
  });

  it("is not busy if the database rejects another connection", async () => {
    const { database, databaseUrl } = await open({ maxConnections: 2 });
    const { pathname } = new URL(databaseUrl);
    const anotherDatabase = Object.assign(new URL(databaseUrl), { pathname: "postgres" }).href;
    await occupy(database, "SELECT 1");
    await administer(anotherDatabase, `ALTER DATABASE ${pathname.slice(1)} ALLOW_CONNECTIONS false`);
    await expect(call(database, "SELECT 1")).rejects.toThrow(StatementRejectedError);
    await administer(anotherDatabase, `ALTER DATABASE ${pathname.slice(1)} ALLOW_CONNECTIONS true`);
  });

  it("keeps its connection, even if it is rejected", async () => {
    const { database } = await open();
    const connection = await connectionOf(database);
    await call(database, "SELECT 1");
    await expect(call(database, "SELECT 1/0")).rejects.toThrow(StatementRejectedError);
    expect(await connectionOf(database)).toBe(connection);
  });

  it("closes its connection if the response does not arrive in time", async () => {
    const { database } = await open({ statementMs: 1000 });
    const connection = await connectionOf(database);
    await expect(call(database, "SELECT pg_sleep(60)")).rejects.toThrow(StorageUnavailableError);
    expect(await connectionOf(database)).not.toBe(connection);
  });

  it("is unavailable after the database was closed", async () => {
    const { database } = await open();
    await call(database, "SELECT 1");
    await database.close();
    await expect(call(database, "SELECT 1")).rejects.toThrow(StorageUnavailableError);
  });
});

it("A pool reports its connections, and the calls that wait for one", async () => {
  const { database } = await open();
  expect(database.connections()).toEqual({ used: 0, idle: 0, waiting: 0, limit: 1 });
  await database.query("SELECT 1");
  expect(database.connections()).toEqual({ used: 0, idle: 1, waiting: 0, limit: 1 });
  const end = await occupy(database, "SELECT 1");
  const waiting = database.query("SELECT 1");
  expect(database.connections()).toEqual({ used: 1, idle: 0, waiting: 1, limit: 1 });
  await end();
  await waiting;
});

it("A connection has a name, and reads integers as numbers", async () => {
  const { database } = await open();
  const { rows } = await database.query("SELECT current_setting('application_name') AS name, 7::bigint AS integer");
  expect(rows).toEqual([{ name: "memory-api", integer: 7 }]);
});

describe("a transaction", () => {
  const conflict = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$";

  it("limits waits for locks and for its next statement, without changing the session", async () => {
    const { database } = await open({ statementMs: 7000 });
    const settings = `
      SELECT name, setting FROM pg_settings
      WHERE name IN ('idle_in_transaction_session_timeout', 'lock_timeout') ORDER BY name`;
    const inside = await database.transaction((query) => query(settings));
    expect(inside.rows.map((row) => row["setting"])).toEqual(["7000", "3500"]);
    const outside = await database.query(settings);
    expect(outside.rows.map((row) => row["setting"])).toEqual(["0", "0"]);
  });

  it("sees one instant only if it must", async () => {
    const { database } = await open();
    const isolation = "SELECT current_setting('transaction_isolation') AS isolation";
    const [usual, snapshot] = [
      await database.transaction((query) => query(isolation)),
      await database.transaction((query) => query(isolation), "snapshot"),
    ];
    expect([usual.rows, snapshot.rows]).toEqual([
      [{ isolation: "read committed" }],
      [{ isolation: "repeatable read" }],
    ]);
  });

  it("has no effect if its work fails, which is not retried, and its connection is used again", async () => {
    const { database } = await open();
    await database.query("CREATE TABLE effects (id integer)");
    const connection = await connectionOf(database);
    let attempts = 0;
    const failed = database.transaction(async (query) => {
      attempts++;
      await query("INSERT INTO effects VALUES (1)");
      throw new Error("It cannot be done.");
    });
    await expect(failed).rejects.toThrow("It cannot be done.");
    expect(attempts).toBe(1);
    expect((await database.query("SELECT id FROM effects")).rows).toEqual([]);
    expect(await connectionOf(database)).toBe(connection);
  });

  it("is unavailable if the database closes its connection between two statements", async () => {
    const { database, databaseUrl } = await open();
    const lost = database.transaction(async (query) => {
      const { rows } = await query("SELECT pg_backend_pid() AS id");
      const id = rows[0]?.["id"];
      await administer(databaseUrl, `SELECT pg_terminate_backend(${id})`);
      const find = `SELECT FROM pg_stat_activity WHERE pid = ${id}`;
      await expect.poll(async () => (await administer(databaseUrl, find))[0]?.rowCount).toBe(0);
      await query("SELECT 1");
    });
    await expect(lost).rejects.toThrow(StorageUnavailableError);
  });

  it("is retried after a conflict, on the same connection, and takes effect once", async () => {
    const reasons: string[] = [];
    const { database } = await open({ onRetry: (reason) => reasons.push(reason) });
    await database.query("CREATE TABLE effects (id integer)");
    const connection = await connectionOf(database);
    let attempts = 0;
    const result = await database.transaction(async (query) => {
      await query("INSERT INTO effects VALUES (1)");
      if (++attempts < 3) await query(conflict);
      return attempts;
    });
    expect(result).toBe(3);
    expect(reasons).toEqual(["serialization", "serialization"]);
    expect((await database.query("SELECT id FROM effects")).rows).toEqual([{ id: 1 }]);
    expect(await connectionOf(database)).toBe(connection);
  });

  it("that loses every conflict for too long says how often it was tried", async () => {
    const { database } = await open({ statementMs: 2000 });
    let attempts = 0;
    const lost = await database
      .transaction((query) => {
        attempts++;
        return query(conflict);
      })
      .catch((error: unknown) => error);
    expect(attempts).toBeGreaterThan(1);
    expect(lost).toEqual(
      new StorageConflictError(`PostgreSQL ended a transaction ${attempts} times in favor of others`),
    );
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
