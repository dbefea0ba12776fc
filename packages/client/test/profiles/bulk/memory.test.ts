import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { createConnection } from "../../../src/connection/connection.ts";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import { customers } from "./customers.ts";

const storeId = "mem_store_00000000000000000000000000";
const MILLION = 1_000_000;
/** Allows for a few chunks, and for the runtime. The JSON of 800,000 customers is over 50 MB. */
const SLACK_BYTES = 4 * 1024 * 1024;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Bytes in use after a garbage collection. */
function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A connection without a network that accepts every chunk, and only counts its items. */
function acceptingConnection() {
  let received = 0;
  const body = JSON.stringify({ message: "ok" });
  const connection = createConnection({
    credentials: { apiKey: "key", apiSecret: "secret" },
    async fetch(_, init) {
      received += JSON.parse(String(init.body)).profiles.length;
      return { status: 202, ok: true, headers: { get: () => null }, text: async () => body };
    },
  });
  return { connection, received: () => received };
}

describe("a bulk upsert of a million customers", () => {
  it("uses no more memory at the end than after the first fifth", async () => {
    const { connection, received } = acceptingConnection();
    const heap: number[] = [];
    const job = bulkUpsert(connection, storeId, customers(MILLION), { concurrency: 2 });
    for await (const { to } of job) if (to % (MILLION / 5) === 0) heap.push(heapInUse());
    const [early = 0, , , , late = 0] = heap;
    expect(heap).toHaveLength(5);
    expect(late - early).toBeLessThan(SLACK_BYTES);
    expect(received()).toBe(MILLION);
    expect(await job).toEqual({ items: MILLION, chunks: MILLION / 1000 });
  });
});
