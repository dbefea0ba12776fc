import { describe, expect, it, onTestFinished } from "vitest";
import type { BulkProgress } from "../../../src/profiles/bulk/bulk-ledger.ts";
import { type BulkOptions, bulkUpsert } from "../../../src/profiles/bulk/bulk-upsert.ts";
import type { BulkSummary, BulkUpsertJob } from "../../../src/profiles/bulk/bulk-upsert-job.ts";
import { customers } from "./customers.ts";
import { heldRequests } from "./held-requests.ts";

const storeId = "mem_store_00000000000000000000000000";

/** The indexes at which the chunks of the outcomes start. */
async function startsOf(job: BulkUpsertJob): Promise<number[]> {
  const starts: number[] = [];
  for await (const { from } of job) starts.push(from);
  return starts;
}

/** Waits until the callbacks that are due have run. */
const nextTurn = () => new Promise(setImmediate);

describe("a job that is neither awaited nor iterated", () => {
  it("sends all items, one chunk after the other", async () => {
    const { connection, requests } = heldRequests();
    const source = customers(2500);
    const job = bulkUpsert(connection, storeId, source);
    for (const [index, read] of [1000, 2000, 2500].entries()) {
      await expect.poll(() => requests.length).toBe(index + 1);
      expect(source.read).toBe(read);
      requests[index]?.respond();
    }
    expect(await job).toEqual({ items: 2500, chunks: 3 });
  });

  it("starts after the synchronous code that created it", async () => {
    const { connection, open } = heldRequests();
    open();
    const source = customers(1);
    const job = bulkUpsert(connection, storeId, source);
    job[Symbol.asyncIterator]();
    expect(source.read).toBe(0);
    await expect.poll(() => source.isClosed).toBe(true);
  });

  it("causes no unhandled rejection if it fails, and rejects if it is awaited or iterated later", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", listen);
    onTestFinished(() => void process.off("unhandledRejection", listen));
    const { connection, requests } = heldRequests();
    const source = customers(1500);
    const job = bulkUpsert(connection, storeId, source);
    await expect.poll(() => requests.length).toBe(1);
    requests[0]?.respond(400);
    await expect.poll(() => source.isClosed).toBe(true);
    await nextTurn();
    expect(unhandled).toEqual([]);
    await expect(job).rejects.toMatchObject({ name: "BulkUpsertError" });
    await expect(startsOf(job)).rejects.toMatchObject({ name: "BulkUpsertError" });
  });

  it.each<[string, BulkOptions]>([
    ["a signal that is already aborted", { signal: AbortSignal.abort() }],
    ["an invalid option", { concurrency: 0 }],
  ])("reads and sends nothing with %s", async (_, options) => {
    const { connection, requests } = heldRequests();
    const source = customers(1);
    bulkUpsert(connection, storeId, source, options);
    await nextTurn();
    expect([source.read, requests.length]).toEqual([0, 0]);
  });

  it("reads and sends nothing if its signal is aborted in the same tick", async () => {
    const { connection, requests } = heldRequests();
    const source = customers(1);
    const controller = new AbortController();
    bulkUpsert(connection, storeId, source, { signal: controller.signal });
    controller.abort();
    await nextTurn();
    expect([source.read, requests.length]).toEqual([0, 0]);
  });
});

describe("a job that is awaited", () => {
  it("resolves to the same summary each time, and sends the items once", async () => {
    const { connection, open, requests } = heldRequests();
    open();
    const job = bulkUpsert(connection, storeId, customers(1));
    expect([await job, await job, ...(await Promise.all([job, job]))]).toEqual(Array(4).fill({ items: 1, chunks: 1 }));
    expect(requests).toHaveLength(1);
  });

  it("sends nothing if there are no items", async () => {
    const { connection, requests } = heldRequests();
    expect(await bulkUpsert(connection, storeId, [])).toEqual({ items: 0, chunks: 0 });
    expect(await bulkUpsert(connection, storeId, customers(5), { startAt: 5 })).toEqual({ items: 0, chunks: 0 });
    expect(requests).toEqual([]);
  });

  it("is a promise, with then, catch and finally", async () => {
    const { connection, open } = heldRequests();
    open();
    const summary = { items: 1, chunks: 1 };
    const start = () => bulkUpsert(connection, storeId, customers(1));
    expect(String(start())).toBe("[object BulkUpsertJob]");
    expect(await start().catch(() => "caught")).toEqual(summary);
    let isOver = false;
    const ended = start().finally(() => {
      isOver = true;
    });
    expect([await ended, isOver]).toEqual([summary, true]);
    const invalid = bulkUpsert(connection, storeId, customers(1), { concurrency: 0 });
    expect(await invalid.catch((error: unknown) => error)).toMatchObject({ parameter: "concurrency" });
    await expect(invalid.finally(() => {})).rejects.toMatchObject({ parameter: "concurrency" });
  });
});

describe("a job that is iterated", () => {
  it("yields an outcome for each chunk, with its range", async () => {
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

  it("waits for its reader before it sends the next chunk", async () => {
    const { connection, open, requests } = heldRequests();
    open();
    const outcomes = bulkUpsert(connection, storeId, customers(2000))[Symbol.asyncIterator]();
    expect(await outcomes.next()).toMatchObject({ value: { from: 0 } });
    await nextTurn();
    expect(requests).toHaveLength(1);
    expect(await outcomes.next()).toMatchObject({ value: { from: 1000 } });
    expect(requests).toHaveLength(2);
  });

  it("stops when its reader stops, and closes the source", async () => {
    const { connection, open, requests } = heldRequests();
    open();
    const source = customers(5000);
    const job = bulkUpsert(connection, storeId, source);
    for await (const { to } of job) if (to === 2000) break;
    expect([source.isClosed, source.read, requests.length]).toEqual([true, 2000, 2]);
  });

  it("rejects after its reader has stopped, because the rest was not sent", async () => {
    const { connection, open } = heldRequests();
    open();
    const job = bulkUpsert(connection, storeId, customers(5000));
    for await (const _ of job) break;
    await expect(job).rejects.toMatchObject({
      name: "AbortError",
      message: "The reader of the bulk upsert stopped before its end.",
    });
    await expect(job[Symbol.asyncIterator]().next()).rejects.toMatchObject({ name: "AbortError" });
  });

  it("has no request in flight after its reader has stopped", async () => {
    const { connection, requests } = heldRequests();
    const outcomes = bulkUpsert(connection, storeId, customers(5000), { concurrency: 2 })[Symbol.asyncIterator]();
    const first = outcomes.next();
    await expect.poll(() => requests.length).toBe(2);
    requests[0]?.respond();
    await first;
    let hasStopped = false;
    const stopped = outcomes.return?.().then(() => {
      hasStopped = true;
    });
    await nextTurn();
    expect(hasStopped).toBe(false);
    requests[1]?.respond();
    await stopped;
    expect(requests).toHaveLength(2);
  });

  it("yields every outcome to its reader although it is also awaited", async () => {
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
});

describe("a reader that joins later", () => {
  /** A job of three chunks that has started, the first of them in flight. */
  async function startedJob() {
    const { connection, requests, open } = heldRequests();
    const source = customers(3000);
    const job = bulkUpsert(connection, storeId, source);
    await expect.poll(() => requests.length).toBe(1);
    return { job, requests, open, source };
  }

  it("receives the outcome of the chunk in flight, and those after it", async () => {
    const { job, open } = await startedJob();
    const starts = startsOf(job);
    open();
    expect(await starts).toEqual([0, 1000, 2000]);
    expect(await job).toEqual({ items: 3000, chunks: 3 });
  });

  it("does not receive the outcomes before it joined", async () => {
    const { job, open, requests } = await startedJob();
    requests[0]?.respond();
    await expect.poll(() => requests.length).toBe(2);
    const starts = startsOf(job);
    open();
    expect(await starts).toEqual([1000, 2000]);
    expect(await startsOf(job)).toEqual([]);
  });

  it("sets the pace from then on", async () => {
    const { job, open, requests } = await startedJob();
    const outcomes = job[Symbol.asyncIterator]();
    const first = outcomes.next();
    open();
    expect(await first).toMatchObject({ value: { from: 0 } });
    await nextTurn();
    expect(requests).toHaveLength(1);
  });

  it("stops the job when it stops, at its first outcome too", async () => {
    const { job, open, requests, source } = await startedJob();
    open();
    for await (const _ of job) break;
    expect([source.isClosed, requests.length]).toEqual([true, 1]);
    await expect(job).rejects.toMatchObject({ name: "AbortError" });
  });

  it("receives the outcome of a chunk in flight that fails, and then the error", async () => {
    const { job, requests } = await startedJob();
    const outcomes = job[Symbol.asyncIterator]();
    const first = outcomes.next();
    requests[0]?.respond(400);
    expect(await first).toMatchObject({ value: { from: 0, status: "failed" } });
    await expect(outcomes.next()).rejects.toMatchObject({ name: "BulkUpsertError" });
  });
});

describe("onProgress", () => {
  it("is called after each accepted chunk", async () => {
    const { connection, open } = heldRequests();
    open();
    const calls: BulkProgress[] = [];
    const onProgress = (progress: BulkProgress) => calls.push(progress);
    await bulkUpsert(connection, storeId, customers(2500), { startAt: 500, onProgress });
    expect(calls).toEqual([
      { accepted: 1000, resumeAt: 1500 },
      { accepted: 2000, resumeAt: 2500 },
    ]);
  });

  it("does not advance resumeAt before all items before it are accepted", async () => {
    const { connection, requests } = heldRequests();
    const calls: BulkProgress[] = [];
    const onProgress = (progress: BulkProgress) => calls.push(progress);
    const job = bulkUpsert(connection, storeId, customers(3000), { concurrency: 3, onProgress });
    await expect.poll(() => requests.length).toBe(3);
    for (const [done, index] of [1, 2, 0].entries()) {
      expect(calls).toHaveLength(done);
      requests[index]?.respond();
      await expect.poll(() => calls.length).toBe(done + 1);
    }
    await job;
    expect(calls.map(({ accepted }) => accepted)).toEqual([1000, 2000, 3000]);
    expect(calls.map(({ resumeAt }) => resumeAt)).toEqual([0, 0, 3000]);
  });
});
