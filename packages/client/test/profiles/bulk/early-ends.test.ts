import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { BulkProgress } from "../../../src/profiles/bulk/bulk-ledger.ts";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import { createProfiles } from "../../../src/profiles/profiles.ts";
import { type Customer, customer, customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";

describe("an item that cannot be sent", () => {
  const strict = { Contact: z.object({ email: z.email(), city: z.string() }) };

  it.each([
    ["is refused by its schema", { traits: { Contact: { email: "secret", city: "Lima" } } }, "InvalidTraitsError"],
    ["has no traits", JSON.parse("{}"), "TypeError"],
    ["is no object", JSON.parse("null"), "TypeError"],
  ])("because it %s, ends the upsert after the chunks before it", async (_, wrong: Customer, name) => {
    const { connection, requests, open } = heldRequests();
    open();
    const people = [...customers(1200), wrong, ...customers(2000)];
    const job = createProfiles(connection, storeId, strict).bulkUpsert(people);
    const error = await Promise.resolve(job).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ from: 1000, to: 1201, resumeAt: 1000, itemIndex: 1200, cause: { name } });
    expect(String(error)).not.toContain("secret");
    expect(requests).toHaveLength(1);
  });

  it("is not looked at where it is left out", async () => {
    const { connection, open } = heldRequests();
    open();
    const people = [JSON.parse("null"), customer(1)];
    expect(await bulkUpsert(connection, storeId, people, { startAt: 1 })).toEqual({ items: 1, chunks: 1 });
  });

  it("is sent as its schema makes it", async () => {
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
  it("ends the upsert with its error, once what is under way has ended", async () => {
    const { connection, requests } = heldRequests();
    async function* people() {
      yield* customers(1000);
      throw new Error("the file ends here");
    }
    const told: BulkProgress[] = [];
    let hasEnded = false;
    const onProgress = (progress: BulkProgress) => told.push(progress);
    const job = Promise.resolve(bulkUpsert(connection, storeId, people(), { concurrency: 2, onProgress })).finally(
      () => {
        hasEnded = true;
      },
    );
    const failed = expect(job).rejects.toThrow("the file ends here");
    await expect.poll(() => requests.length).toBe(1);
    await new Promise(setImmediate);
    expect(hasEnded).toBe(false);
    requests[0]?.answer();
    await failed;
    expect(told).toEqual([{ accepted: 1000, resumeAt: 1000 }]);
  });
});

describe("a signal", () => {
  it("ends the upsert with its reason, and what is under way with it", async () => {
    const { connection, requests } = heldRequests();
    const source = customers(5000);
    const controller = new AbortController();
    const job = Promise.resolve(bulkUpsert(connection, storeId, source, { concurrency: 2, signal: controller.signal }));
    const failed = expect(job).rejects.toThrow("enough");
    await expect.poll(() => requests.length).toBe(2);
    controller.abort(new Error("enough"));
    await failed;
    expect([source.isClosed, requests.map(({ isAborted }) => isAborted())]).toEqual([true, [true, true]]);
  });

  it("ends it while the source has nothing to give", async () => {
    const { connection } = heldRequests();
    const controller = new AbortController();
    let isAsked = false;
    const silent = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          isAsked = true;
          return new Promise<never>(() => {});
        },
      }),
    };
    const job = Promise.resolve(bulkUpsert(connection, storeId, silent, { signal: controller.signal }));
    const failed = expect(job).rejects.toThrow("enough");
    await expect.poll(() => isAsked).toBe(true);
    controller.abort(new Error("enough"));
    await failed;
  });

  it.each([0, Number.MAX_SAFE_INTEGER])(
    "ends it while a source that never waits is read from %d on",
    async (startAt) => {
      const { connection, open } = heldRequests();
      open();
      const source = customers(Number.POSITIVE_INFINITY);
      const job = bulkUpsert(connection, storeId, source, { startAt, signal: AbortSignal.timeout(20) });
      await expect(job).rejects.toMatchObject({ name: "TimeoutError" });
      await expect.poll(() => source.isClosed).toBe(true);
    },
  );

  it("that was aborted before leaves the source alone", async () => {
    const { connection } = heldRequests();
    const source = customers(1);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(bulkUpsert(connection, storeId, source, { signal })).rejects.toThrow("enough");
    expect(source.read).toBe(0);
  });
});
