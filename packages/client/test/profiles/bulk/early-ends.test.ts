import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { BulkProgress } from "../../../src/profiles/bulk/bulk-ledger.ts";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import { createProfiles } from "../../../src/profiles/profiles.ts";
import { errorOf } from "../../error-of.ts";
import { type Customer, customer, customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";

describe("an item that cannot be sent", () => {
  const strict = { Contact: z.object({ email: z.email(), city: z.string() }) };

  it.each([
    ["its schema rejects it", { traits: { Contact: { email: "secret", city: "Lima" } } }, "InvalidTraitsError"],
    ["it has no traits", JSON.parse("{}"), "TypeError"],
    ["it is not an object", JSON.parse("null"), "TypeError"],
  ])("ends the upsert after the chunks before it: %s", async (_, wrong: Customer, name) => {
    const { connection, requests, open } = heldRequests();
    open();
    const people = [...customers(1200), wrong, ...customers(2000)];
    const error = await errorOf(createProfiles(connection, storeId, strict).bulkUpsert(people));
    expect(error).toMatchObject({ from: 1000, to: 1201, resumeAt: 1000, itemIndex: 1200, cause: { name } });
    expect(String(error)).not.toContain("secret");
    expect(requests).toHaveLength(1);
  });

  it("is not checked if startAt skips it", async () => {
    const { connection, open } = heldRequests();
    open();
    const people = [JSON.parse("null"), customer(1)];
    expect(await bulkUpsert(connection, storeId, people, { startAt: 1 })).toEqual({ items: 1, chunks: 1 });
  });
});

describe("an item that its schema transforms", () => {
  it("is sent as the output of the schema", async () => {
    const { connection, requests, open } = heldRequests();
    open();
    const lower = { Contact: z.object({ email: z.string().toLowerCase() }) };
    await createProfiles(connection, storeId, lower).bulkUpsert([
      { traits: { Contact: { email: "ADA@example.com" } } },
    ]);
    expect(requests.map(({ body }) => body)).toEqual([
      '{"profiles":[{"traits":{"Contact":{"email":"ada@example.com"}}}]}',
    ]);
  });
});

describe("a source that throws", () => {
  it("ends the upsert with its error after the requests in flight end", async () => {
    const { connection, requests } = heldRequests();
    async function* people() {
      yield* customers(1000);
      throw new Error("the file ends here");
    }
    const calls: BulkProgress[] = [];
    let hasEnded = false;
    const onProgress = (progress: BulkProgress) => calls.push(progress);
    const job = bulkUpsert(connection, storeId, people(), { concurrency: 2, onProgress }).finally(() => {
      hasEnded = true;
    });
    const failed = expect(job).rejects.toThrow("the file ends here");
    await expect.poll(() => requests.length).toBe(1);
    await new Promise(setImmediate);
    expect(hasEnded).toBe(false);
    requests[0]?.respond();
    await failed;
    expect(calls).toEqual([{ accepted: 1000, resumeAt: 1000 }]);
  });
});

describe("a source that takes time to close", () => {
  it("is closed when the job ends", async () => {
    const { connection, open } = heldRequests();
    open();
    let isClosed = false;
    async function* people() {
      try {
        yield* customers(5000);
      } finally {
        await new Promise(setImmediate);
        isClosed = true;
      }
    }
    for await (const _ of bulkUpsert(connection, storeId, people())) break;
    expect(isClosed).toBe(true);
  });
});

describe("a signal", () => {
  it("ends the upsert and the requests in flight with its reason", async () => {
    const { connection, requests } = heldRequests();
    const source = customers(5000);
    const controller = new AbortController();
    const job = bulkUpsert(connection, storeId, source, { concurrency: 2, signal: controller.signal });
    await expect.poll(() => requests.length).toBe(2);
    controller.abort(new Error("enough"));
    await expect(job).rejects.toThrow("enough");
    expect([source.isClosed, requests.map(({ isAborted }) => isAborted())]).toEqual([true, [true, true]]);
  });

  it("ends the upsert while the source is waiting", async () => {
    const { connection } = heldRequests();
    const controller = new AbortController();
    let isWaiting = false;
    const silent = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          isWaiting = true;
          return new Promise<never>(() => {});
        },
      }),
    };
    const job = bulkUpsert(connection, storeId, silent, { signal: controller.signal });
    await expect.poll(() => isWaiting).toBe(true);
    controller.abort(new Error("enough"));
    await expect(job).rejects.toThrow("enough");
  });

  it.each([0, Number.MAX_SAFE_INTEGER])(
    "ends the upsert although the source never waits, with startAt: %d",
    async (startAt) => {
      const { connection, open } = heldRequests();
      open();
      const source = customers(Number.POSITIVE_INFINITY);
      const job = bulkUpsert(connection, storeId, source, { startAt, signal: AbortSignal.timeout(20) });
      await expect(job).rejects.toMatchObject({ name: "TimeoutError" });
      await expect.poll(() => source.isClosed).toBe(true);
    },
  );

  it("has no listener of a job that has ended", async () => {
    const { connection, open } = heldRequests();
    open();
    const { signal } = new AbortController();
    await bulkUpsert(connection, storeId, customers(3000), { signal });
    await expect.poll(() => getEventListeners(signal, "abort")).toEqual([]);
  });

  it("that is already aborted rejects the job before the source is read", async () => {
    const { connection } = heldRequests();
    const source = customers(1);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(bulkUpsert(connection, storeId, source, { signal })).rejects.toThrow("enough");
    expect(source.read).toBe(0);
  });
});
