import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import { listProfileIds } from "../../../src/profiles/profile-list.ts";
import { createProfiles } from "../../../src/profiles/profiles.ts";
import { sandboxStore } from "../sandbox-store.ts";
import { customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";

describe("a bulk upsert into a store", () => {
  let store: Awaited<ReturnType<typeof sandboxStore>>;
  const profiles = () => createProfiles<{ Contact: { email: string; city?: string } }>(store.connection, storeId);

  beforeAll(async () => {
    store = await sandboxStore();
  });
  afterAll(() => store.sandbox.close());
  afterEach(() => store.sandbox.reset());

  it("writes every item, 1000 per request", async () => {
    expect(await profiles().bulkUpsert(customers(2100))).toEqual({ items: 2100, chunks: 3 });
    expect(store.operationIds()).toEqual(Array(3).fill("updateProfilesBulk"));
    const ids = await listProfileIds(store.connection, storeId).toArray({ limit: 3000 });
    expect(ids).toHaveLength(2100);
  });

  it("accepts an asynchronous source", async () => {
    async function* people() {
      yield* customers(3);
    }
    expect(await profiles().bulkUpsert(people())).toEqual({ items: 3, chunks: 1 });
  });

  it("keeps the order of the items, so the last value wins", async () => {
    const people = Array.from({ length: 1001 }, (_, index) => ({
      traits: { Contact: { email: "ada.reyes@example.com", city: `City ${index}` } },
    }));
    await profiles().bulkUpsert(people);
    const [id] = await profiles().list().toArray({ limit: 2 });
    expect(id && (await profiles().fetch(id)).traits.Contact?.city).toBe("City 1000");
  });

  it("resumes at startAt", async () => {
    expect(await profiles().bulkUpsert(customers(1500), { startAt: 1200 })).toEqual({ items: 300, chunks: 1 });
    expect(await profiles().list().toArray({ limit: 1000 })).toHaveLength(300);
  });
});

describe("a bulk upsert with invalid options", () => {
  it.each([
    ["concurrency", 0, "1 or more"],
    ["concurrency", 1.5, "1 or more"],
    ["concurrency", Number.NaN, "1 or more"],
    ["startAt", -1, "0 or more"],
    ["startAt", 0.5, "0 or more"],
  ])("rejects with %s: %d, and sends nothing", async (name, value, least) => {
    const { connection, requests } = heldRequests();
    const job = bulkUpsert(connection, storeId, customers(1), { [name]: value });
    await expect(job).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: name,
      message: `${name}: must be a whole number, ${least}`,
    });
    expect(requests).toEqual([]);
  });

  it("rejects if startAt is after the end of the source", async () => {
    const { connection, requests } = heldRequests();
    await expect(bulkUpsert(connection, storeId, customers(5), { startAt: 6 })).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "startAt",
      message: "startAt: 6 is after the end of the source, which has 5 items",
    });
    expect(requests).toEqual([]);
  });

  it("ends if onProgress throws", async () => {
    const { connection, open, requests } = heldRequests();
    open();
    const source = customers(5000);
    const onProgress = () => {
      throw new Error("no");
    };
    await expect(bulkUpsert(connection, storeId, source, { onProgress })).rejects.toThrow("no");
    expect([source.isClosed, requests.length]).toEqual([true, 1]);
  });
});
