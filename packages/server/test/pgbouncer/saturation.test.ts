import pg from "pg";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { PostgresDatabase } from "../../src/storage/postgres/database.ts";
import { StorageBusyError } from "../../src/storage/storage.ts";
import { usePgBouncer } from "./use-pgbouncer.ts";

const createDatabase = usePgBouncer({ poolSize: 1, waitSeconds: 1 });
let databaseUrl: string;
let database: PostgresDatabase;

beforeEach(async () => {
  databaseUrl = await createDatabase();
  database = new PostgresDatabase({ databaseUrl });
  onTestFinished(() => database.close());
});

describe("a transaction that PgBouncer has no connection for", () => {
  it("finds the storage busy if the other connections get responses", async () => {
    const begun = Promise.withResolvers<void>();
    const done = new AbortController();
    const other = database.transaction(async (query) => {
      while (!done.signal.aborted) {
        await query("SELECT 1");
        begun.resolve();
      }
    });
    await begun.promise;
    await expect(database.transaction((query) => query("SELECT 1"))).rejects.toThrow(
      new StorageBusyError("Every connection is in use."),
    );
    done.abort();
    await other;
    await database.query("SELECT 1");
  });

  it("finds the storage unavailable if nothing gets a response", async () => {
    const other = new pg.Client({ connectionString: databaseUrl });
    await other.connect();
    await other.query("BEGIN");
    await expect(database.query("SELECT 1")).rejects.toMatchObject({ name: "StorageUnavailableError" });
    await other.end();
    await database.query("SELECT 1");
  });
});
