import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { StorageBusyError } from "../../src/storage/storage.ts";
import { upsertEmail } from "../storage-contract/commands.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { store, storeId } from "../storage-contract/storage-engine.ts";
import { useCitus } from "./use-citus.ts";

const citus = useCitus();

describe("Citus: a call that waits too long for a lock", () => {
  it("is busy rather than unavailable, as on a single database, and then holds no connection", async () => {
    const databaseUrl = await citus.create();
    const { storage } = await openPostgres({ databaseUrl, maxConnections: 1, connectMs: 2000, statementMs: 2000 });
    onTestFinished(() => storage.close());
    await applyOne(storage, upsertEmail("ada"));
    const other = new pg.Client({ connectionString: databaseUrl });
    await other.connect();
    onTestFinished(() => other.end());
    await other.query("BEGIN");
    await other.query("SELECT FROM identifiers WHERE store_id = $1 FOR UPDATE", [storeId]);
    await expect(storage.apply(store, [upsertEmail("ada")])).rejects.toThrow(StorageBusyError);
    expect(await storage.listProfiles(storeId, "ASC", 1)).toHaveLength(1);
    await other.query("ROLLBACK");
    await applyOne(storage, upsertEmail("ada"));
  });
});
