import { afterAll, beforeAll, expect, it } from "vitest";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { upsert } from "../storage-contract/commands.ts";
import { store } from "../storage-contract/storage-engine.ts";
import { reasonToSkip } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();
let storages: Storage[] = [];

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  const databaseUrl = await createDatabase();
  const opened = await Promise.all(Array.from({ length: 3 }, () => openPostgres({ databaseUrl })));
  storages = opened.map(({ storage }) => storage);
});
afterAll(() => Promise.all(storages.map((storage) => storage.close())));

it("Concurrent creates that share identifiers never fail, even if their profile exceeds its limit", async () => {
  // The profile holds two email addresses, so nearly every create drops one that another create claims.
  const commands = Array.from({ length: 900 }, (_, at) =>
    upsert({ Contact: { email: `shared ${at % 7}@example.com`, phone: `${at % 3}` } }),
  );
  const waiting = [...commands];
  const work = async (storage: Storage) => {
    const outcomes = [];
    for (let command = waiting.pop(); command; command = waiting.pop()) {
      outcomes.push(...(await storage.apply(store, [command])));
    }
    return outcomes;
  };
  const outcomes = await Promise.all(storages.flatMap((storage) => Array.from({ length: 8 }, () => work(storage))));
  expect(outcomes.flat().filter(({ kind }) => kind !== "applied")).toEqual([]);
  expect(outcomes.flat()).toHaveLength(commands.length);
});
