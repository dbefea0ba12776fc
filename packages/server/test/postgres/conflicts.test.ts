import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Lease } from "../../src/domain/imports/import-state.ts";
import { openPostgres, type PostgresOptions } from "../../src/storage/postgres/open-postgres.ts";
import { type Storage, StorageBusyError } from "../../src/storage/storage.ts";
import { deletion, newImportId, patch, startedAt, upsert, upsertEmail } from "../storage-contract/commands.ts";
import { store, storeId, storeIds } from "../storage-contract/storage-engine.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();
const storages: Storage[] = [];

async function open(options: Partial<PostgresOptions> = {}): Promise<Storage> {
  const { storage } = await openPostgres({ ...options, databaseUrl: await createDatabase() });
  storages.push(storage);
  return storage;
}

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(storages.splice(0).map((storage) => storage.close()));
});

/**
 * Simulates conflicts with other transactions: a due statement is not executed and fails with an error, and its transaction is rolled
 * back.
 *
 * @returns a function that returns the number of injected conflicts
 */
function injectConflicts(code: string, isDue: (statement: string) => boolean): () => number {
  const query: (...args: unknown[]) => unknown = pg.Client.prototype.query;
  let injected = 0;
  vi.spyOn(pg.Client.prototype, "query").mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    const [statement] = args;
    if (typeof statement !== "string" || statement === "ROLLBACK" || !isDue(statement)) return query.apply(this, args);
    injected++;
    const error = Object.assign(new pg.DatabaseError("conflict", 0, "error"), { code });
    const callback = args.at(-1);
    return typeof callback === "function" ? process.nextTick(() => callback(error)) : Promise.reject(error);
  });
  return () => injected;
}

const everySecondCommit = () => {
  let commits = 0;
  return (statement: string) => statement === "COMMIT" && commits++ % 2 === 0;
};

/** At growing intervals. With equal ones, a transaction could always fail at the same statement. */
const someStatements = () => {
  let statements = 0;
  let next = 1;
  let interval = 1;
  return () => {
    if (++statements < next) return false;
    next += ++interval;
    return true;
  };
};

/** Covers every kind of write. Runs the same commands on every storage that it is called with. */
function createScenario() {
  const [ada, bob, eve] = [
    upsert({ Contact: { email: "ada", firstName: "Ada" } }),
    upsertEmail("bob"),
    upsertEmail("eve"),
  ];
  const [importId, expiredId] = [newImportId(), newImportId()];
  const merge = upsert({ Contact: { email: "ada", phone: "1" } });
  const calls = [[ada, bob], [eve], [merge], [patch(bob.newId, { Contact: { phone: "1" } })], [deletion(eve.newId)]];
  const rows = [upsert({ Contact: { email: "row" }, Orders: { count: 1 } }), upsertEmail("ada")];
  const lease: Lease = { storeId, importId, owner: "owner", now: startedAt + 2, until: startedAt + 3 };
  return async (storage: Storage) => {
    const outcomes: unknown[] = [];
    for (const commands of calls) outcomes.push(await storage.apply(store, commands));
    for (const id of [importId, expiredId]) await storage.createImport(storeId, importOf(id));
    outcomes.push(await storage.acceptUpload(storeId, importId, "upload", startedAt));
    outcomes.push(await storage.claimImport(storeId, "owner", startedAt + 1, startedAt + 2));
    outcomes.push(
      await storage.applyRows(lease, { identifierTypes: store.rules.identifierTypes, commands: rows }, progress),
    );
    outcomes.push(await storage.finishImport(lease, "COMPLETED", progress));
    outcomes.push(await storage.claimImport(storeId, "other", startedAt + 100, startedAt + 200));
    await storage.releaseImport({ ...lease, importId: expiredId, owner: "other" });
    await storage.probe();
    await storage.restore(storeIds, await storage.snapshot(storeIds));
    return { outcomes, snapshot: await storage.snapshot(storeIds) };
  };
}

const progress = { offset: 10, rows: 2, errors: 0, warnings: 1 };
const importOf = (id: string) => ({
  id,
  filename: "people.csv",
  fileSize: 10,
  columnMappings: [],
  status: "PENDING",
  createdAt: startedAt,
  updatedAt: startedAt,
  expiresAt: startedAt + 100,
  progress: { offset: 0, rows: 0, errors: 0, warnings: 0 },
});

describe.each(["40001", "40P01", "55P03"])("SQLSTATE %s", (code) => {
  it.each([
    ["at each commit", everySecondCommit],
    ["at any statement", someStatements],
  ])("%s causes a retry, and nothing is applied twice", async (_, schedule) => {
    const [quiet, contended] = [await open(), await open()];
    const scenario = createScenario();
    const expected = await scenario(quiet);
    const injected = injectConflicts(code, schedule());
    expect(await scenario(contended)).toEqual(expected);
    expect(injected()).toBeGreaterThan(10);
  });

  it("that persists makes the call fail, and nothing is applied", async () => {
    const storage = await open({ statementMs: 300 });
    const injected = injectConflicts(code, (statement) => statement === "COMMIT");
    await expect(storage.apply(store, [upsertEmail("ada")])).rejects.toThrow(StorageBusyError);
    expect(injected()).toBeGreaterThan(1);
    vi.restoreAllMocks();
    expect(await storage.listProfiles(storeId, "ASC", 10)).toEqual([]);
  });
});
