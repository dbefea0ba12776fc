import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Readiness } from "../../src/observation/readiness.ts";
import { NodeUnavailableError, StorageBusyError, StorageUnavailableError } from "../../src/storage/storage.ts";

const HOUR_MS = 3_600_000;

/** A readiness whose probe rejects with `storage.error`, if it is set, and the changes that it reported. */
function readinessOf(storage: { error?: Error }, intervals = { availableMs: HOUR_MS, failedMs: 1, probeMs: HOUR_MS }) {
  const changes: boolean[] = [];
  const probe = async () => {
    if (storage.error) throw storage.error;
    return [];
  };
  const readiness = new Readiness(probe, (isReady) => changes.push(isReady), [], intervals);
  onTestFinished(() => readiness.stop());
  return { readiness, changes };
}

describe("the readiness of a server", () => {
  it("is lost when the storage fails, and returns when it recovers", async () => {
    const storage: { error?: Error } = { error: new StorageUnavailableError("The disk is full.") };
    const { readiness, changes } = readinessOf(storage);
    readiness.failedBy(storage.error);
    readiness.failedBy(storage.error);
    expect([readiness.isReady, changes]).toEqual([false, [false]]);
    delete storage.error;
    await expect.poll(() => readiness.isReady).toBe(true);
    expect(changes).toEqual([false, true]);
  });

  it("is lost while a probe hangs, which is not repeated meanwhile, and returns when it ends", async () => {
    const ended = Promise.withResolvers<[]>();
    const probe = vi.fn(() => ended.promise);
    const readiness = new Readiness(probe, () => {}, [], { availableMs: 1, failedMs: 1, probeMs: 1 });
    onTestFinished(() => readiness.stop());
    await expect.poll(() => readiness.isReady).toBe(false);
    const ofOther = vi.fn(async () => []);
    const other = new Readiness(ofOther, () => {}, [], { availableMs: 1, failedMs: 1, probeMs: HOUR_MS });
    onTestFinished(() => other.stop());
    await expect.poll(() => ofOther.mock.calls.length).toBeGreaterThan(5);
    expect(probe).toHaveBeenCalledTimes(1);
    ended.resolve([]);
    await expect.poll(() => readiness.isReady).toBe(true);
  });

  it("is lost without a request when a probe fails", async () => {
    const storage: { error?: Error } = {};
    const { readiness, changes } = readinessOf(storage, { availableMs: 1, failedMs: 1, probeMs: HOUR_MS });
    expect(readiness.isReady).toBe(true);
    storage.error = new StorageUnavailableError("The folder was removed.");
    await expect.poll(() => readiness.isReady).toBe(false);
    delete storage.error;
    await expect.poll(() => changes).toEqual([false, true]);
  });

  it.each([
    ["an error of a busy storage", new StorageBusyError("Too many writes are waiting.")],
    ["any other error", new Error("A bug.")],
  ])("is kept after %s", (_, error) => {
    const { readiness, changes } = readinessOf({});
    readiness.failedBy(error);
    expect([readiness.isReady, changes]).toEqual([true, []]);
  });

  it("returns when the storage is merely busy", async () => {
    const storage = { error: new StorageBusyError("Another process has the lock.") };
    const { readiness } = readinessOf(storage);
    readiness.failedBy(new StorageUnavailableError("The connection broke."));
    await expect.poll(() => readiness.isReady).toBe(true);
  });

  it("is kept while one node of a cluster is unavailable, and a probe decides after an error", async () => {
    const up = { id: 2, isAvailable: true };
    const found = [up, { id: 3, isAvailable: true }];
    const changes: unknown[] = [];
    const intervals = { availableMs: HOUR_MS, failedMs: 1, probeMs: HOUR_MS };
    let error: Error | undefined;
    const probe = async () => {
      if (error) throw error;
      return [...found];
    };
    const readiness = new Readiness(probe, (isReady, nodes) => changes.push([isReady, nodes]), [...found], intervals);
    onTestFinished(() => readiness.stop());
    const down = [up, { id: 3, isAvailable: false }];
    found[1] = { id: 3, isAvailable: false };
    readiness.failedBy(new NodeUnavailableError("Node 3 is unavailable."));
    await expect.poll(() => readiness.nodes).toEqual(down);
    expect([readiness.isReady, changes]).toEqual([true, [[true, down]]]);
    error = new StorageUnavailableError("The coordinator is unavailable.");
    await expect.poll(() => readiness.isReady).toBe(false);
    expect(readiness.nodes).toEqual([{ id: 2, isAvailable: false }, down[1]]);
    error = undefined;
    found[1] = { id: 3, isAvailable: true };
    await expect.poll(() => readiness.isReady && readiness.nodes).toEqual(found);
  });

  it("ends when the server starts to stop", () => {
    const { readiness } = readinessOf({});
    readiness.stop();
    expect(readiness.isReady).toBe(false);
  });
});
