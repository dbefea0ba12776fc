import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { BulkProgress } from "../../../src/profiles/bulk/bulk-ledger.ts";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import type { ChunkOutcome } from "../../../src/profiles/bulk/send-chunks.ts";
import { createProfiles } from "../../../src/profiles/profiles.ts";
import { errorOf } from "../../error-of.ts";
import { fakeEnvironment } from "../../resilience/fake-environment.ts";
import { sandboxStore } from "../sandbox-store.ts";
import { customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";
const errorBody = (message: string) => ({ code: 400, message, more_info: "https://example.com", status: 400 });

describe("a bulk upsert", () => {
  let store: Awaited<ReturnType<typeof sandboxStore>>;
  const profiles = () => createProfiles<{ Contact: { email: string; city?: string } }>(store.connection, storeId);
  const count = async () => (await profiles().list().toArray({ limit: 10_000 })).length;

  beforeAll(async () => {
    store = await sandboxStore(fakeEnvironment());
  });
  afterAll(() => store.sandbox.close());
  afterEach(() => store.sandbox.reset());

  it("ends at the first chunk that is not accepted, and names the item and the index to resume at", async () => {
    const source = customers(5000);
    const people = function* () {
      for (const each of source) yield source.read === 1501 ? { traits: { Contact: { city: "Lima" } } } : each;
    };
    await expect(profiles().bulkUpsert(people())).rejects.toMatchObject({
      name: "BulkUpsertError",
      message:
        "Items 1000 to 1999 were not accepted because of item 1500. See the cause, and resume with startAt: 1000.",
      from: 1000,
      to: 2000,
      resumeAt: 1000,
      itemIndex: 1500,
      cause: { name: "MemoryApiError", operationId: "updateProfilesBulk", status: 400 },
    });
    expect([source.read, source.isClosed]).toEqual([2000, true]);
    expect(await count()).toBe(1000);
  });

  it("can be resumed, and each item is then written once", async () => {
    store.sandbox.faults.setPlan([{ times: 1, fault: { kind: "latency", ms: 0 } }, { fault: { kind: "reset" } }]);
    const error = await errorOf(profiles().bulkUpsert(customers(2500)));
    expect(error).toMatchObject({ resumeAt: 1000, cause: { name: "ConnectionError" } });
    store.sandbox.faults.clear();
    const { items } = await profiles().bulkUpsert(customers(2500), { startAt: 1000 });
    expect(items).toBe(1500);
    expect(await count()).toBe(2500);
  });

  it("continues after 429, 503, broken connections and truncated responses", async () => {
    store.sandbox.faults.setPlan([
      { times: 1, fault: { kind: "status", status: 429, retryAfter: 3 } },
      { times: 1, fault: { kind: "status", status: 503 } },
      { times: 1, fault: { kind: "reset" } },
      { times: 1, fault: { kind: "truncate" } },
    ]);
    expect(await profiles().bulkUpsert(customers(1500), { concurrency: 2 })).toEqual({ items: 1500, chunks: 2 });
    expect(store.sandbox.faults.fired()).toHaveLength(4);
    expect(await count()).toBe(1500);
  });
});

describe("after a chunk that fails", () => {
  it("the chunks in flight end, and no further chunk is sent", async () => {
    const { connection, requests } = heldRequests();
    const source = customers(10_000);
    const outcomes: ChunkOutcome[] = [];
    const calls: BulkProgress[] = [];
    const job = bulkUpsert(connection, storeId, source, {
      concurrency: 3,
      onProgress: (progress) => calls.push(progress),
    });
    const reading = (async () => {
      for await (const outcome of job) outcomes.push(outcome);
    })();
    const failed = expect(reading).rejects.toMatchObject({ from: 1000, to: 2000, resumeAt: 1000, itemIndex: 1007 });
    await expect.poll(() => requests.length).toBe(3);
    requests[1]?.respond(400, errorBody("/profiles/7/traits: wrong"));
    requests[2]?.respond();
    await expect.poll(() => outcomes.length).toBe(2);
    requests[0]?.respond();
    await failed;
    expect(outcomes).toEqual([
      { from: 1000, to: 2000, status: "failed", error: expect.objectContaining({ status: 400 }) },
      { from: 2000, to: 3000, status: "accepted" },
      { from: 0, to: 1000, status: "accepted" },
    ]);
    expect(calls.at(-1)).toEqual({ accepted: 2000, resumeAt: 1000 });
    expect([requests.length, source.read, source.isClosed]).toEqual([3, 3000, true]);
    await expect(job).rejects.toMatchObject({ resumeAt: 1000 });
  });

  it("another chunk in flight that fails has its own outcome, and lowers resumeAt", async () => {
    const { connection, requests } = heldRequests();
    const outcomes: ChunkOutcome[] = [];
    const reading = (async () => {
      for await (const outcome of bulkUpsert(connection, storeId, customers(2000), { concurrency: 2 }))
        outcomes.push(outcome);
    })();
    const failed = expect(reading).rejects.toMatchObject({ from: 1000, resumeAt: 0, cause: { status: 503 } });
    await expect.poll(() => requests.length).toBe(2);
    requests[1]?.respond(503);
    requests[0]?.respond(400);
    await failed;
    expect(outcomes).toMatchObject([
      { from: 1000, to: 2000, status: "failed", error: { status: 503 } },
      { from: 0, to: 1000, status: "failed", error: { status: 400 } },
    ]);
  });

  it("the error of an awaited job is that of the first failure, with the lowest index to resume at", async () => {
    const { connection, requests } = heldRequests();
    const job = bulkUpsert(connection, storeId, customers(2000), { concurrency: 2 });
    await expect.poll(() => requests.length).toBe(2);
    requests[1]?.respond(503);
    requests[0]?.respond(400);
    await expect(job).rejects.toMatchObject({ from: 1000, resumeAt: 0, cause: { status: 503 } });
  });
});

describe("the error of a chunk", () => {
  it("names no item if the response names none", async () => {
    const { connection, requests } = heldRequests();
    const job = bulkUpsert(connection, storeId, customers(1));
    await expect.poll(() => requests.length).toBe(1);
    requests[0]?.respond(413, errorBody("too large"));
    await expect(job).rejects.toMatchObject({ itemIndex: undefined, cause: { status: 413 } });
  });

  it.each<[string, number, string]>([
    ["is not a 400", 413, JSON.stringify(errorBody("/profiles/0: too large"))],
    ["has no message", 400, "{}"],
    ["has no body", 400, ""],
    ["is null", 400, "null"],
    ["names something else", 400, JSON.stringify(errorBody("/profiles: too many"))],
  ])("names no item if the response %s", async (_, status, text) => {
    const { connection, requests } = heldRequests();
    const job = bulkUpsert(connection, storeId, customers(1));
    await expect.poll(() => requests.length).toBe(1);
    requests[0]?.respondWithText(status, text);
    await expect(job).rejects.toMatchObject({ name: "BulkUpsertError", itemIndex: undefined, cause: { status } });
  });

  it("reports a 200 that is not JSON, which another server sent", async () => {
    const { connection, requests } = heldRequests();
    const job = bulkUpsert(connection, storeId, customers(1));
    await expect.poll(() => requests.length).toBe(1);
    requests[0]?.respondWithText(200, "<h1>Log in</h1>");
    await expect(job).rejects.toMatchObject({ cause: { name: "MemoryApiError", status: 200 } });
  });
});
