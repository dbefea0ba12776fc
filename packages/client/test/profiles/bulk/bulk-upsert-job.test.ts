import { describe, expect, it } from "vitest";
import type { BulkProgress } from "../../../src/profiles/bulk/bulk-ledger.ts";
import { bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import type { BulkSummary } from "../../../src/profiles/bulk/bulk-upsert-job.ts";
import { customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";

describe("a job", () => {
  it("gives an outcome for each chunk, with its range", async () => {
    const { connection, open } = heldRequests();
    open();
    const outcomes = [];
    const job = bulkUpsert(connection, storeId, customers(2001), { startAt: 1 });
    for await (const outcome of job) outcomes.push(outcome);
    expect(outcomes).toEqual([
      { from: 1, to: 1001, status: "accepted" },
      { from: 1001, to: 2001, status: "accepted" },
    ]);
    expect(await job).toEqual({ items: 2000, chunks: 2 });
  });

  it("comes to the same however often it is awaited", async () => {
    const { connection, open, requests } = heldRequests();
    open();
    const job = bulkUpsert(connection, storeId, customers(1));
    expect([await job, await job, ...(await Promise.all([job, job]))]).toEqual(Array(4).fill({ items: 1, chunks: 1 }));
    expect(requests).toHaveLength(1);
  });

  it("reads and sends nothing before it is awaited or read", async () => {
    const { connection, requests } = heldRequests();
    const source = customers(1);
    bulkUpsert(connection, storeId, source)[Symbol.asyncIterator]();
    await Promise.resolve();
    expect([source.read, requests.length]).toEqual([0, 0]);
  });

  it("of no items sends nothing", async () => {
    const { connection, requests } = heldRequests();
    expect(await bulkUpsert(connection, storeId, [])).toEqual({ items: 0, chunks: 0 });
    expect(await bulkUpsert(connection, storeId, customers(5), { startAt: 5 })).toEqual({ items: 0, chunks: 0 });
    expect(requests).toEqual([]);
  });

  it("stops where its reader stops, and closes the source", async () => {
    const { connection, open, requests } = heldRequests();
    open();
    const source = customers(5000);
    const job = bulkUpsert(connection, storeId, source);
    for await (const { to } of job) if (to === 2000) break;
    expect([source.isClosed, source.read, requests.length]).toEqual([true, 2000, 2]);
  });

  it("is rejected once its reader has stopped, since the rest was not sent", async () => {
    const { connection, open } = heldRequests();
    open();
    const job = bulkUpsert(connection, storeId, customers(5000));
    for await (const _ of job) break;
    await expect(job).rejects.toMatchObject({ name: "AbortError" });
    await expect(job[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: "AbortError" });
  });

  it("is a promise, and begins as one however it is asked", async () => {
    const { connection, open } = heldRequests();
    open();
    const summary = { items: 1, chunks: 1 };
    const begin = (count: number) => bulkUpsert(connection, storeId, customers(count));
    expect(String(begin(1))).toBe("[object BulkUpsertJob]");
    expect(await begin(1).catch(() => "caught")).toEqual(summary);
    let isOver = false;
    const ended = begin(1).finally(() => {
      isOver = true;
    });
    expect([await ended, isOver]).toEqual([summary, true]);
    const wrong = bulkUpsert(connection, storeId, customers(1), { concurrency: 0 });
    expect(await wrong.catch((error: unknown) => error)).toMatchObject({ parameter: "concurrency" });
    await expect(wrong.finally(() => {})).rejects.toMatchObject({ parameter: "concurrency" });
  });

  it("that is awaited takes no outcome from whoever reads it", async () => {
    const { connection, open } = heldRequests();
    open();
    const job = bulkUpsert(connection, storeId, customers(3000));
    const starts: number[] = [];
    let summary: Promise<BulkSummary> | undefined;
    for await (const { from } of job) {
      summary ??= job.then();
      starts.push(from);
    }
    expect([starts, await summary]).toEqual([[0, 1000, 2000], { items: 3000, chunks: 3 }]);
  });

  it("has nothing under way once its reader has stopped", async () => {
    const { connection, requests } = heldRequests();
    const outcomes = bulkUpsert(connection, storeId, customers(5000), { concurrency: 2 })[Symbol.asyncIterator]();
    const first = outcomes.next();
    await expect.poll(() => requests.length).toBe(2);
    requests[0]?.answer();
    await first;
    let hasStopped = false;
    const stopped = outcomes.return?.().then(() => {
      hasStopped = true;
    });
    await new Promise(setImmediate);
    expect(hasStopped).toBe(false);
    requests[1]?.answer();
    await stopped;
    expect(requests).toHaveLength(2);
  });

  it("tells how far it is after each chunk", async () => {
    const { connection, open } = heldRequests();
    open();
    const told: BulkProgress[] = [];
    const onProgress = (progress: BulkProgress) => told.push(progress);
    await bulkUpsert(connection, storeId, customers(2500), { startAt: 500, onProgress });
    expect(told).toEqual([
      { accepted: 1000, resumeAt: 1500 },
      { accepted: 2000, resumeAt: 2500 },
    ]);
  });

  it("tells of no item as accepted before all that come before it are", async () => {
    const { connection, requests } = heldRequests();
    const told: BulkProgress[] = [];
    const onProgress = (progress: BulkProgress) => told.push(progress);
    const job = Promise.resolve(bulkUpsert(connection, storeId, customers(3000), { concurrency: 3, onProgress }));
    await expect.poll(() => requests.length).toBe(3);
    for (const [done, at] of [1, 2, 0].entries()) {
      expect(told).toHaveLength(done);
      requests[at]?.answer();
      await expect.poll(() => told.length).toBe(done + 1);
    }
    await job;
    expect(told.map(({ accepted }) => accepted)).toEqual([1000, 2000, 3000]);
    expect(told.map(({ resumeAt }) => resumeAt)).toEqual([0, 0, 3000]);
  });
});
