import { describe, expect, it, vi } from "vitest";
import { createConnection } from "../../../src/connection/connection.ts";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import { recordingServer } from "../../recording-server.ts";
import { customer, customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";
const MAX_BYTES = 16 * 1024 * 1024;

describe("a source", () => {
  it.each([1, 2, 4])("is read no further than %i requests need", async (concurrency) => {
    const { connection, requests, open, maxInFlight } = heldRequests();
    const source = customers(10_000);
    const job = bulkUpsert(connection, storeId, source, { concurrency });
    await expect.poll(() => requests.length).toBe(concurrency);
    await new Promise(setImmediate);
    expect(source.read).toBe(concurrency * 1000);
    requests[0]?.respond();
    await expect.poll(() => requests.length).toBe(concurrency + 1);
    expect(source.read).toBe((concurrency + 1) * 1000);
    open();
    await job;
    expect([source.read, maxInFlight()]).toEqual([10_000, concurrency]);
  });

  it("that is waiting does not delay the items that it already yielded", async () => {
    const { connection, requests, open } = heldRequests();
    open();
    const { promise: end, resolve } = Promise.withResolvers<void>();
    async function* people() {
      yield* customers(1000);
      await end;
    }
    const outcomes = bulkUpsert(connection, storeId, people(), { concurrency: 2 })[Symbol.asyncIterator]();
    expect(await outcomes.next()).toEqual({ done: false, value: { from: 0, to: 1000, status: "accepted" } });
    expect(requests).toHaveLength(1);
    resolve();
    expect(await outcomes.next()).toMatchObject({ done: true });
  });
});

describe("a request", () => {
  it("has the JSON of the items in the form of the contract", async () => {
    const server = await recordingServer();
    server.respondWith({ status: 202, body: { message: "ok" } });
    const credentials = { apiKey: "key", apiSecret: "secret" };
    await bulkUpsert(createConnection({ baseUrl: server.url, credentials }), storeId, customers(2));
    expect(server.requests).toMatchObject([
      {
        method: "PUT",
        url: `/v1/Stores/${storeId}/Profiles/Bulk`,
        headers: {
          authorization: `Basic ${Buffer.from("key:secret").toString("base64")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify({ profiles: [customer(0), customer(1)] }),
      },
    ]);
    await server.close();
  });

  it("converts each item to JSON once", async () => {
    const { connection, open } = heldRequests();
    open();
    const toJSON = vi.fn(() => ({ Contact: { email: "ada.reyes@example.com" } }));
    const item = { traits: Object.defineProperty({}, "toJSON", { value: toJSON }) };
    await bulkUpsert(connection, storeId, [item]);
    expect(toJSON).toHaveBeenCalledTimes(1);
  });

  describe("has at most 16 MiB", () => {
    /** An item with this number of bytes of JSON, and about half as many characters. */
    const itemOf = (bytes: number) => {
      const remaining = bytes - JSON.stringify({ traits: { Contact: { city: "" } } }).length;
      return { traits: { Contact: { city: "ñ".repeat(remaining / 2) + "n".repeat(remaining % 2) } } };
    };
    /** The bytes that two items can have together. */
    const bytesOfTwo = MAX_BYTES - '{"profiles":[,]}'.length;
    const sizesOf = async (items: ReturnType<typeof itemOf>[]) => {
      const { connection, open, requests } = heldRequests();
      open();
      await bulkUpsert(connection, storeId, items);
      return requests.map(({ body }) => Buffer.byteLength(body));
    };

    it("and uses them up to the last byte", async () => {
      const half = Math.floor(bytesOfTwo / 2);
      expect(await sizesOf([itemOf(half), itemOf(bytesOfTwo - half), itemOf(100)])).toEqual([MAX_BYTES, 115]);
    });

    it("and an item that exceeds them by one byte is in the next request", async () => {
      const half = Math.floor(bytesOfTwo / 2);
      expect(await sizesOf([itemOf(half), itemOf(bytesOfTwo - half + 1)])).toEqual([half + 15, bytesOfTwo - half + 16]);
    });

    it("and a single item can use them all, but not exceed them", async () => {
      expect(await sizesOf([itemOf(bytesOfTwo + 1)])).toEqual([MAX_BYTES]);
      await expect(sizesOf([itemOf(100), itemOf(bytesOfTwo + 2)])).rejects.toMatchObject({
        name: "BulkUpsertError",
        itemIndex: 1,
        resumeAt: 0,
        cause: {
          name: "InvalidParameterError",
          parameter: "profiles",
          message: `profiles: an item has ${bytesOfTwo + 2} bytes of JSON; a request can contain ${bytesOfTwo + 1}`,
        },
      });
    });
  });
});
