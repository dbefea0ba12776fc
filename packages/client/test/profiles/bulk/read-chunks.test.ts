import { describe, expect, it, vi } from "vitest";
import { createConnection } from "../../../src/connection/connection.ts";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import { recordingServer } from "../../recording-server.ts";
import { customer, customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";
const MAX_BYTES = 16 * 1024 * 1024;

describe("a source", () => {
  it.each([1, 2, 4])("is read no further than %i requests can take", async (concurrency) => {
    const { connection, requests, open, mostAtOnce } = heldRequests();
    const source = customers(10_000);
    const job = Promise.resolve(bulkUpsert(connection, storeId, source, { concurrency }));
    await expect.poll(() => requests.length).toBe(concurrency);
    await new Promise(setImmediate);
    expect(source.read).toBe(concurrency * 1000);
    requests[0]?.answer();
    await expect.poll(() => requests.length).toBe(concurrency + 1);
    expect(source.read).toBe((concurrency + 1) * 1000);
    open();
    await job;
    expect([source.read, mostAtOnce()]).toEqual([10_000, concurrency]);
  });

  it("need not go on for what it gave to be sent", async () => {
    const { connection, requests, open } = heldRequests();
    open();
    let goOn = () => {};
    const more = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    async function* people() {
      yield* customers(1000);
      await more;
    }
    const outcomes = bulkUpsert(connection, storeId, people(), { concurrency: 2 })[Symbol.asyncIterator]();
    expect(await outcomes.next()).toEqual({ done: false, value: { from: 0, to: 1000, status: "accepted" } });
    expect(requests).toHaveLength(1);
    goOn();
    expect(await outcomes.next()).toMatchObject({ done: true });
  });
});

describe("what is sent", () => {
  it("is the JSON of the items, as the contract has it", async () => {
    const server = await recordingServer();
    server.answerWith({ status: 202, body: { message: "ok" } });
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

  it("is made of each item once", async () => {
    const { connection, open } = heldRequests();
    open();
    const toJSON = vi.fn(() => ({ Contact: { email: "ada.reyes@example.com" } }));
    const item = { traits: Object.defineProperty({}, "toJSON", { value: toJSON }) };
    await bulkUpsert(connection, storeId, [item]);
    expect(toJSON).toHaveBeenCalledTimes(1);
  });

  describe("has 16 MiB at most", () => {
    /** An item of so many bytes of JSON, half as many characters. */
    const itemOf = (bytes: number) => {
      const rest = bytes - JSON.stringify({ traits: { Contact: { city: "" } } }).length;
      return { traits: { Contact: { city: "ñ".repeat(rest / 2) + "n".repeat(rest % 2) } } };
    };
    const room = MAX_BYTES - '{"profiles":[,]}'.length;
    const sizesOf = async (items: ReturnType<typeof itemOf>[]) => {
      const { connection, open, requests } = heldRequests();
      open();
      await bulkUpsert(connection, storeId, items);
      return requests.map(({ body }) => Buffer.byteLength(body));
    };

    it("and is filled to the last byte", async () => {
      const half = Math.floor(room / 2);
      expect(await sizesOf([itemOf(half), itemOf(room - half), itemOf(100)])).toEqual([MAX_BYTES, 115]);
    });

    it("and what has one byte more goes into the next", async () => {
      const half = Math.floor(room / 2);
      expect(await sizesOf([itemOf(half), itemOf(room - half + 1)])).toEqual([half + 15, room - half + 16]);
    });

    it("and a single item may fill it", async () => {
      expect(await sizesOf([itemOf(room + 1)])).toEqual([MAX_BYTES]);
      await expect(sizesOf([itemOf(100), itemOf(room + 2)])).rejects.toMatchObject({
        name: "BulkUpsertError",
        itemIndex: 1,
        resumeAt: 0,
        cause: { name: "InvalidParameterError", parameter: "profiles" },
      });
    });
  });
});
