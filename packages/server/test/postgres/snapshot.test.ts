import pg from "pg";
import { expect, it } from "vitest";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { storeId } from "../storage-contract/storage-engine.ts";
import { administer } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();

it("takes a snapshot of one instant, even if another process writes while the tables are read", async () => {
  const databaseUrl = await createDatabase();
  const { storage } = await openPostgres({ databaseUrl });
  const writer = new pg.Client({ connectionString: databaseUrl });
  await writer.connect();
  await writer.query("BEGIN");
  // The snapshot reads the profiles, and then waits for this table.
  await writer.query("LOCK TABLE merge_nodes IN ACCESS EXCLUSIVE MODE");
  const snapshot = storage.snapshot([storeId]);
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await expect.poll(async () => (await administer(databaseUrl, waiting))[0]?.rowCount).toBe(1);
  await writer.query("INSERT INTO profiles (store_id, id, created_at) VALUES ($1, 'late', 1)", [storeId]);
  await writer.query("INSERT INTO identifiers VALUES ($1, 'email', 'late', 'late', 1)", [storeId]);
  await writer.query("COMMIT");
  expect(await snapshot).toMatchObject({ profiles: [], identifiers: [] });
  await writer.end();
  await storage.close();
});
