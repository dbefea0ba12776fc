import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { PostgresDatabase } from "../../src/storage/postgres/database.ts";
import { migratePostgres, SchemaVersionError } from "../../src/storage/postgres/migrate.ts";
import { MIGRATIONS } from "../../src/storage/postgres/migrations.ts";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { upsertEmail } from "../storage-contract/commands.ts";
import { expectMigrated, firstVersionRows } from "../storage-contract/first-version.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { storeId } from "../storage-contract/storage-engine.ts";
import { breakableConnection } from "./breakable-connection.ts";
import { administer } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();

async function rowsOf(databaseUrl: string, statement: string) {
  const [result] = await administer(databaseUrl, statement);
  return result?.rows;
}

const tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";

describe("a migration", () => {
  it("may be run by many processes at once", async () => {
    const databaseUrl = await createDatabase();
    await Promise.all(Array.from({ length: 8 }, () => migratePostgres({ databaseUrl })));
    expect(await rowsOf(databaseUrl, "SELECT id, version FROM schema_version")).toEqual([
      { id: 1, version: MIGRATIONS.length },
    ]);
  });

  it("keeps existing data", async () => {
    const databaseUrl = await createDatabase();
    const { storage: first } = await openPostgres({ databaseUrl });
    const id = await applyOne(first, upsertEmail("ada"));
    await first.close();
    const { storage: second } = await openPostgres({ databaseUrl });
    expect(await second.listProfiles(storeId, "ASC", 10)).toEqual([id]);
    await second.close();
  });

  it("that fails leaves no partial changes, and can be run again", async () => {
    const databaseUrl = await createDatabase();
    await administer(databaseUrl, "CREATE TABLE upload_chunks (mine text)");
    await expect(migratePostgres({ databaseUrl })).rejects.toThrow(
      'PostgreSQL rejected a statement: relation "upload_chunks" already exists (42P07)',
    );
    expect(await rowsOf(databaseUrl, tables)).toEqual([
      { tablename: "schema_version" },
      { tablename: "upload_chunks" },
    ]);
    await administer(databaseUrl, "DROP TABLE upload_chunks");
    await migratePostgres({ databaseUrl });
    expect(await rowsOf(databaseUrl, tables)).toHaveLength(8);
  });
});

describe("a migration of a database that hangs", () => {
  it("times out if the database does not respond", async () => {
    const connection = await breakableConnection(await createDatabase());
    connection.block();
    const migration = migratePostgres({ databaseUrl: connection.databaseUrl, connectMs: 300 });
    await expect(migration).rejects.toThrow(StorageUnavailableError);
    await connection.cut();
  });

  it("times out if the version table is locked", async () => {
    const databaseUrl = await createDatabase();
    await migratePostgres({ databaseUrl });
    const other = new pg.Client({ connectionString: databaseUrl });
    await other.connect();
    await other.query("BEGIN");
    await other.query("LOCK TABLE schema_version");
    await expect(migratePostgres({ databaseUrl, statementMs: 300 })).rejects.toThrow(StorageUnavailableError);
    await other.end();
  });

  it("waits for a concurrent migration longer than other calls wait", async () => {
    const databaseUrl = await createDatabase();
    const connection = { databaseUrl, statementMs: 300 };
    await administer(
      databaseUrl,
      "CREATE TABLE schema_version (id integer PRIMARY KEY, version integer NOT NULL)",
      "INSERT INTO schema_version VALUES (1, 0)",
    );
    const other = new pg.Client({ connectionString: databaseUrl });
    await other.connect();
    await other.query("BEGIN");
    await other.query("SELECT FROM schema_version FOR UPDATE");
    const migration = migratePostgres(connection);
    const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    await expect.poll(async () => (await administer(databaseUrl, waiting))[0]?.rowCount, { timeout: 10_000 }).toBe(1);

    // This call times out. The migration, which began earlier, still waits.
    const storage = new PostgresDatabase(connection);
    await expect(storage.query("SELECT FROM schema_version FOR UPDATE")).rejects.toThrow("timeout");
    await storage.close();
    await other.query("COMMIT");
    await other.end();
    await migration;
    expect(await rowsOf(databaseUrl, "SELECT version FROM schema_version")).toEqual([{ version: MIGRATIONS.length }]);
  });
});

describe("a migration from the first version", () => {
  it("keeps profiles, redirects, identifiers of merged profiles and leases", async () => {
    const databaseUrl = await createDatabase();
    await administer(
      databaseUrl,
      ...(MIGRATIONS[0] ?? []),
      "CREATE TABLE schema_version (id integer PRIMARY KEY, version integer NOT NULL)",
      "INSERT INTO schema_version VALUES (1, 1)",
      ...firstVersionRows(storeId),
    );
    const { storage } = await openPostgres({ databaseUrl });
    await expectMigrated(storage);
    await storage.close();
  });
});

describe("a database", () => {
  it("that is up to date can be opened by a role that may not change tables", async () => {
    const databaseUrl = await createDatabase();
    await migratePostgres({ databaseUrl });
    const role = `role_${randomUUID().replaceAll("-", "")}`;
    await administer(
      databaseUrl,
      `CREATE ROLE ${role} LOGIN PASSWORD '${role}'`,
      "REVOKE CREATE ON SCHEMA public FROM public",
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    );
    const ofRole = Object.assign(new URL(databaseUrl), { username: role, password: role }).href;
    const { storage } = await openPostgres({ databaseUrl: ofRole });
    await applyOne(storage, upsertEmail("ada"));
    await storage.close();
    await administer(databaseUrl, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
  });

  it.each([true, false])("that a later release has migrated is rejected (migrate: %j)", async (migrate) => {
    const databaseUrl = await createDatabase();
    await migratePostgres({ databaseUrl });
    await administer(databaseUrl, "UPDATE schema_version SET version = 999");
    const opened = openPostgres({ databaseUrl, migrate });
    await expect(opened).rejects.toThrow(SchemaVersionError);
    await expect(opened).rejects.toThrow(
      "The database has schema version 999, but this release supports versions up to",
    );
  });

  it("that was not migrated is rejected if `migrate` is false", async () => {
    const databaseUrl = await createDatabase();
    const opened = openPostgres({ databaseUrl, migrate: false });
    await expect(opened).rejects.toThrow(SchemaVersionError);
    await expect(opened).rejects.toThrow("The database has schema version 0");
    expect(await rowsOf(databaseUrl, tables)).toEqual([]);
    await migratePostgres({ databaseUrl });
    await (await openPostgres({ databaseUrl, migrate: false })).storage.close();
  });
});
