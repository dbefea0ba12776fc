import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { UpsertCommand } from "../src/domain/commands/command.ts";
import { openPostgres } from "../src/storage/postgres/open-postgres.ts";
import { openSqlite } from "../src/storage/sqlite/open-sqlite.ts";
import type { Storage } from "../src/storage/storage.ts";
import { startPostgres } from "../test/postgres/postgres-for-tests.ts";
import { atLeast, interleaved, type Measurement, perSecond } from "./figure.ts";
import { commands } from "./people.ts";
import { insertIntoPostgres, insertIntoSqlite } from "./plain-inserts.ts";
import { rules, STORE } from "./settings.ts";

const ROUNDS = 3;
const BATCHES = 20;
const BATCH = 1000;

/** Compares batches with resolution to plain inserts of the same rows into the same tables. Each batch is one transaction. */
export async function measureBulk(): Promise<Measurement> {
  const [sqlite, postgres] = [await onSqlite(), await onPostgres()];
  return {
    title: "Bulk with resolution, batches of 1000 new profiles",
    figures: [
      atLeast("Rate on SQLite, relative to plain inserts of the same rows", sqlite.resolved / sqlite.plain, 0.55),
      atLeast(
        "Rate on PostgreSQL, relative to plain multi-row inserts of the same rows",
        postgres.resolved / postgres.plain,
        0.8,
      ),
    ],
    notes: [
      `Profiles on SQLite: ${perSecond(sqlite.resolved)} with resolution, ${perSecond(sqlite.plain)} with plain inserts`,
      `Profiles on PostgreSQL: ${perSecond(postgres.resolved)} with resolution, ${perSecond(postgres.plain)} with plain inserts`,
    ],
  };
}

async function onSqlite() {
  const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
  const storage = await openSqlite(join(folder, "resolved"));
  await (await openSqlite(join(folder, "plain"))).close();
  const database = new DatabaseSync(join(folder, "plain", "memory.db"));
  database.exec("PRAGMA synchronous = FULL");
  try {
    return await compare(storage, async (batch) => insertIntoSqlite(database, batch));
  } finally {
    database.close();
    await storage.close();
    await rm(folder, { recursive: true });
  }
}

async function onPostgres() {
  const postgres = await startPostgres();
  const open = async () => {
    const databaseUrl = await postgres.createDatabase();
    return { databaseUrl, storage: await (await openPostgres({ databaseUrl })).storage };
  };
  const [resolved, plain] = [await open(), await open()];
  const inserts = await insertIntoPostgres(plain.databaseUrl);
  try {
    return await compare(resolved.storage, inserts.insert);
  } finally {
    await inserts.close();
    await Promise.all([resolved.storage.close(), plain.storage.close()]);
    await postgres.stop();
  }
}

/** Returns the rates in profiles per second. */
async function compare(storage: Storage, insert: (batch: readonly UpsertCommand[]) => Promise<void>) {
  let number = 0;
  const run = async (write: (batch: readonly UpsertCommand[]) => Promise<unknown>) => {
    const batches = Array.from({ length: BATCHES }, (_, at) => commands(number + at * BATCH, BATCH));
    number += BATCHES * BATCH;
    const start = performance.now();
    for (const batch of batches) await write(batch);
    return (BATCHES * BATCH * 1000) / (performance.now() - start);
  };
  return interleaved(ROUNDS, {
    resolved: () => run((batch) => storage.apply({ id: STORE, accountSid: "AC1", rules }, batch)),
    plain: () => run(insert),
  });
}
