import { describe, expect, it, onTestFinished } from "vitest";
import { Readiness } from "../src/readiness.ts";
import { StorageBusyError, StorageUnavailableError } from "../src/storage/storage.ts";

/** A readiness whose storage can be written to once `isUp` says so, and what it told. */
function readinessOf(storage: { isUp: boolean }) {
  const told: boolean[] = [];
  const probe = async () => {
    if (!storage.isUp) throw new StorageUnavailableError("The disk is full.");
  };
  const readiness = new Readiness({ probe }, (isReady) => told.push(isReady));
  onTestFinished(() => readiness.stop());
  return { readiness, told };
}

describe("the readiness of a server", () => {
  it("goes with the storage, and comes back with it", async () => {
    const storage = { isUp: false };
    const { readiness, told } = readinessOf(storage);
    readiness.failedBy(new StorageUnavailableError("The disk is full."));
    readiness.failedBy(new StorageUnavailableError("The disk is full."));
    expect([readiness.isReady, told]).toEqual([false, [false]]);
    storage.isUp = true;
    await expect.poll(() => readiness.isReady).toBe(true);
    expect(told).toEqual([false, true]);
  });

  it.each([
    ["a storage that is only busy", new StorageBusyError("20 attempts were lost.")],
    ["any other error", new Error("A fault of ours.")],
  ])("stays with %s", (_, error) => {
    const { readiness, told } = readinessOf({ isUp: true });
    readiness.failedBy(error);
    expect([readiness.isReady, told]).toEqual([true, []]);
  });

  it("ends when the server is told to stop", () => {
    const { readiness } = readinessOf({ isUp: true });
    readiness.stop();
    expect(readiness.isReady).toBe(false);
  });
});
