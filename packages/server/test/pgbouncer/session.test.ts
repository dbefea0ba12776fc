import pg from "pg";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { deletion, patch, upsert, upsertEmail } from "../storage-contract/commands.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { store, storeId } from "../storage-contract/storage-engine.ts";
import { usePgBouncer } from "./use-pgbouncer.ts";

// With one connection to the database, every client uses the same session.
const createDatabase = usePgBouncer({ poolSize: 1 });
let databaseUrl: string;
let other: pg.Client;

beforeEach(async () => {
  databaseUrl = await createDatabase();
  other = await connect();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** What a client of PgBouncer finds in a session that others used before. */
async function stateOfSession() {
  const { rows } = await other.query(`
    SELECT 'setting' AS kind, name || ' = ' || setting AS name FROM pg_settings
    WHERE source = 'session' AND name IN ('lock_timeout', 'idle_in_transaction_session_timeout', 'plan_cache_mode', 'search_path', 'role')
    UNION ALL SELECT 'statement', name FROM pg_prepared_statements
    UNION ALL SELECT 'cursor', name FROM pg_cursors WHERE name <> ''
    UNION ALL SELECT 'channel', channel FROM pg_listening_channels() AS channel
    UNION ALL SELECT 'lock', locktype FROM pg_locks WHERE locktype = 'advisory'
    UNION ALL SELECT 'table', relname FROM pg_class WHERE relpersistence = 't'`);
  return rows.map(({ kind, name }) => `${kind} ${name}`);
}

describe("a session behind PgBouncer", () => {
  it("is shared by its clients, so that a setting of one affects the next", async () => {
    const first = await connect();
    await first.query("SELECT set_config('lock_timeout', '5000', false)");
    await first.query("PREPARE left_over AS SELECT 1");
    expect(await stateOfSession()).toEqual(["setting lock_timeout = 5000", "statement left_over"]);
    await first.query("DISCARD ALL");
  });

  it("contains nothing of a server that used it", async () => {
    const { storage, uploads } = await openPostgres({ databaseUrl });
    const id = await applyOne(storage, upsertEmail("ada"));
    await storage.apply(store, [patch(id, { Contact: { phone: "1" } })]);
    await storage.apply(store, [upsert({ Contact: { email: "ada", phone: "2" } }), deletion(id)]);
    await expect(storage.apply(store, [upsertEmail("\0")])).rejects.toThrow();
    await storage.snapshot([storeId]);
    await storage.listProfiles(storeId, "ASC", 10);
    await storage.probe();
    await uploads.probe();
    expect(await stateOfSession()).toEqual([]);
    await storage.close();
    expect(await stateOfSession()).toEqual([]);
  });
});
