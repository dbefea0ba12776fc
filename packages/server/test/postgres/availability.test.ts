import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { type Storage, StorageBusyError, StorageUnavailableError } from "../../src/storage/storage.ts";
import type { UploadStorage } from "../../src/storage/uploads/upload-storage.ts";
import { upsertEmail } from "../storage-contract/commands.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { store, storeId } from "../storage-contract/storage-engine.ts";
import { type BreakableConnection, breakableConnection } from "./breakable-connection.ts";
import { administer } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();
let databaseUrl: string;
let connection: BreakableConnection;
let storage: Storage;
let uploads: UploadStorage;

beforeEach(async () => {
  databaseUrl = await createDatabase();
  connection = await breakableConnection(databaseUrl);
  ({ storage, uploads } = await openPostgres({
    databaseUrl: connection.databaseUrl,
    connectMs: 2000,
    statementMs: 2000,
  }));
});
afterEach(async () => {
  await storage.close();
  await connection.cut().catch(() => {});
});

const calls: [name: string, call: () => Promise<unknown>][] = [
  ["apply", () => storage.apply(store, [upsertEmail("ada")])],
  ["fetchProfile", () => storage.fetchProfile(storeId, "mem_profile_00000000000000000000000000")],
  ["claimImport", () => storage.claimImport(storeId, "owner", 1, 2)],
  ["remove", () => uploads.remove(storeId, "mem_import_00000000000000000000000000")],
  ["probe", () => storage.probe()],
  ["snapshot", () => storage.snapshot([storeId])],
];

/** Holds the locks of a statement until the returned function is called. */
async function openTransaction(statement: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query(statement);
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}

describe("while the database is unreachable", () => {
  it.each(calls)("%s is unavailable, and works again after it returns", async (_, call) => {
    await call();
    await connection.cut();
    await expect(call()).rejects.toThrow(StorageUnavailableError);
    await connection.mend();
    await call();
  });
});

describe("while the database does not respond", () => {
  it.each(calls.slice(0, 2))(
    "%s is unavailable after a timeout, and works again after it recovers",
    async (_, call) => {
      await call();
      connection.block();
      await expect(call()).rejects.toThrow(StorageUnavailableError);
      await connection.mend();
      await call();
    },
  );
});

describe("while the database does not respond and more calls arrive than there are connections", () => {
  it("every call is unavailable, and the probe fails", async () => {
    const { storage: narrow } = await openPostgres({
      databaseUrl: connection.databaseUrl,
      maxConnections: 2,
      connectMs: 300,
      statementMs: 300,
    });
    connection.block();
    for (let round = 0; round < 2; round++) {
      const lists = Array.from({ length: 8 }, () => narrow.listProfiles(storeId, "ASC", 1));
      for (const call of await Promise.allSettled([...lists, narrow.probe()])) {
        expect(call).toMatchObject({ status: "rejected", reason: { name: "StorageUnavailableError" } });
      }
    }
    await narrow.close();
  });
});

describe("a call in progress", () => {
  it("is unavailable when the server ends its connection", async () => {
    await applyOne(storage, upsertEmail("ada"));
    const blocked = await openTransaction("SELECT FROM identifiers FOR UPDATE");
    const call = storage.apply(store, [upsertEmail("ada")]);
    const rejection = expect(call).rejects.toThrow(/^PostgreSQL cannot be used: .* \(57P01\)$/);
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await administer(databaseUrl, end))[0]?.rowCount, { timeout: 10_000 }).toBe(1);
    await rejection;
    await blocked();
    await applyOne(storage, upsertEmail("ada"));
  });

  it("is busy rather than unavailable if it waits too long for a lock, and then holds no connection", async () => {
    const { storage: narrow } = await openPostgres({
      databaseUrl,
      maxConnections: 1,
      connectMs: 500,
      statementMs: 500,
    });
    await applyOne(narrow, upsertEmail("ada"));
    const blocked = await openTransaction("SELECT FROM identifiers FOR UPDATE");
    await expect(narrow.apply(store, [upsertEmail("ada")])).rejects.toThrow(StorageBusyError);
    expect(await narrow.listProfiles(storeId, "ASC", 1)).toHaveLength(1);
    await blocked();
    await applyOne(narrow, upsertEmail("ada"));
    await narrow.close();
  });
});

describe("a probe", () => {
  it("succeeds while another process has the lock of its row", async () => {
    const { storage: hasty } = await openPostgres({ databaseUrl, statementMs: 500 });
    const blocked = await openTransaction("LOCK TABLE probes IN ACCESS EXCLUSIVE MODE");
    await hasty.probe();
    await blocked();
    await hasty.close();
  });
});

describe("a call that waits too long for a lock", () => {
  it("does not make the other calls of its transaction fail", async () => {
    const { storage: hasty } = await openPostgres({ databaseUrl, statementMs: 500 });
    await applyOne(hasty, upsertEmail("ada"));
    const blocked = await openTransaction("SELECT FROM identifiers FOR UPDATE");
    const emails = ["ada", "bob", "eve"];
    const calls = await Promise.allSettled(emails.map((email) => hasty.apply(store, [upsertEmail(email)])));
    expect(calls.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(calls[0]).toMatchObject({ reason: expect.any(StorageBusyError) });
    await blocked();
    await hasty.close();
  });
});

describe("a database", () => {
  it("that is read-only fails the probe, and can be read", async () => {
    const id = await applyOne(storage, upsertEmail("ada"));
    await administer(
      databaseUrl,
      `ALTER DATABASE ${new URL(databaseUrl).pathname.slice(1)} SET default_transaction_read_only = on`,
    );
    const { storage: second } = await openPostgres({ databaseUrl, migrate: false });
    await expect(second.probe()).rejects.toThrow(StorageUnavailableError);
    await expect(second.apply(store, [upsertEmail("bob")])).rejects.toThrow(StorageUnavailableError);
    expect(await second.listProfiles(storeId, "ASC", 10)).toEqual([id]);
    await second.close();
  });

  it("that the role may not write fails the probe", async () => {
    const role = `role_${randomUUID().replaceAll("-", "")}`;
    await administer(
      databaseUrl,
      `CREATE ROLE ${role} LOGIN PASSWORD '${role}'`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`,
    );
    const { storage: second } = await openPostgres({
      databaseUrl: withCredentials(databaseUrl, role, role),
      migrate: false,
    });
    await second.probe();
    for (const table of ["profiles", "merge_nodes", "identifiers", "trait_groups", "imports", "upload_chunks"]) {
      await administer(databaseUrl, `REVOKE INSERT ON ${table} FROM ${role}`);
      await expect(second.probe(), table).rejects.toThrow(StorageUnavailableError);
      await administer(databaseUrl, `GRANT INSERT ON ${table} TO ${role}`);
    }
    await administer(databaseUrl, `REVOKE UPDATE ON identifiers FROM ${role}`);
    await expect(second.apply(store, [upsertEmail("ada")])).rejects.toThrow(/permission denied .* \(42501\)/);
    await expect(second.probe()).rejects.toThrow(StorageUnavailableError);
    await second.close();
    await administer(databaseUrl, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
  });

  it("reports the loss of an idle connection", async () => {
    const { storage: second, onConnectionError } = await openPostgres({ databaseUrl });
    const reported = new Promise<Error>((resolve) => onConnectionError(resolve));
    await second.listProfiles(storeId, "ASC", 1);
    await administer(
      databaseUrl,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    expect(String(await reported)).toMatch(/StorageUnavailableError: PostgreSQL cannot be used: .*57P01/);
    await second.listProfiles(storeId, "ASC", 1);
    await second.close();
  });

  const secret = "s3cr3t-p4ssw0rd";
  it.each([
    ["rejects the password", () => withCredentials(databaseUrl, "nobody", secret)],
    ["does not listen", () => `postgres://nobody:${secret}@127.0.0.1:1/nothing`],
    ["has an unknown host name", () => `postgres://nobody:${secret}@nowhere.invalid/nothing`],
    ["has an invalid URL", () => `postgres://nobody:${secret}@[nowhere/nothing`],
  ])("that %s cannot be opened, and the error does not contain the password", async (_, url) => {
    const failure = await openPostgres({ databaseUrl: url() }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StorageUnavailableError);
    expect(String(failure)).toMatch(/PostgreSQL cannot be used: \w+/);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(secret);
  });
});

function withCredentials(url: string, user: string, password: string): string {
  return Object.assign(new URL(url), { username: user, password }).href;
}
