import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import { acceptingConnection } from "./accepting-connection.ts";
import { customers } from "./customers.ts";

const storeId = "mem_store_00000000000000000000000000";
const MILLION = 1_000_000;
/** What lies about at any time: a chunk or two, and what the runtime keeps. The JSON of 800,000 customers is over 50 MB. */
const SLACK_BYTES = 4 * 1024 * 1024;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Bytes that are in use once what is garbage is gone. */
function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe("a bulk upsert of a million customers", () => {
  it("takes no more memory at the end than after a fifth of them", async () => {
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
