import { describe, expect, it, onTestFinished } from "vitest";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { upsertEmail } from "../storage-contract/commands.ts";
import { store } from "../storage-contract/storage-engine.ts";
import { hangWorker } from "./crash-worker.ts";
import { storesOn, useCitus, workersOf } from "./use-citus.ts";

const citus = useCitus("exclusive");
const storeIds = Array.from({ length: 12 }, (_, at) => `mem_store_${String(at).padStart(26, "0")}`);

describe("Citus: while a worker hangs", () => {
  it("its stores are unavailable after a timeout, and all others are served", { timeout: 120_000 }, async () => {
    const databaseUrl = await citus.create();
    const { storage } = await openPostgres({ databaseUrl, maxConnections: 30, statementMs: 4000 });
    onTestFinished(() => storage.close());
    const [hung] = await workersOf(databaseUrl);
    if (hung === undefined) throw new Error("The cluster has no workers.");
    const ofHung = await storesOn(databaseUrl, hung, storeIds);
    const unavailableStores = async (email: string) => {
      const calls = storeIds.map((id) => storage.apply({ ...store, id, accountSid: id }, [upsertEmail(email)]));
      const results = await Promise.allSettled(calls);
      for (const result of results) {
        if (result.status === "rejected") expect(result.reason).toBeInstanceOf(StorageUnavailableError);
      }
      return storeIds.filter((_, at) => results[at]?.status === "rejected");
    };
    expect(await unavailableStores("before")).toEqual([]);

    const resume = await hangWorker(hung);
    onTestFinished(resume);
    expect(await unavailableStores("during")).toEqual(storeIds.filter((id) => ofHung.includes(id)));
    const nodes = await storage.probe(storeIds);
    expect(nodes.filter(({ isAvailable }) => !isAvailable).map(({ id }) => id)).toEqual([hung.id]);

    resume();
    await expect.poll(() => unavailableStores("after"), { timeout: 60_000 }).toEqual([]);
  });
});
