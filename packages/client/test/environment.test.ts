import { describe, expect, it, vi } from "vitest";
import { MAX_TIMER_MS, systemEnvironment } from "../src/connection/environment.ts";
import { errorOf } from "./error-of.ts";
import { stopTimers } from "./resilience/stopped-timers.ts";

const { sleep } = systemEnvironment;
const reason = new Error("no longer needed");

/** A signal that counts its listeners. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  return {
    abort: () => controller.abort(reason),
    signal,
    listeners: () => add.mock.calls.length - remove.mock.calls.length,
  };
}

describe("the clocks of the system", () => {
  it("are that of the day, and one that only runs forward", () => {
    const before = [Date.now(), performance.now()] as const;
    const now = [systemEnvironment.now(), systemEnvironment.elapsed()] as const;
    expect(now[0]).toBeGreaterThanOrEqual(before[0]);
    expect(now[0]).toBeLessThanOrEqual(Date.now());
    expect(now[1]).toBeGreaterThanOrEqual(before[1]);
    expect(now[1]).toBeLessThanOrEqual(performance.now());
  });
});

describe("a pause", () => {
  it("ends after its time, and keeps no listener", async () => {
    stopTimers();
    const { signal, listeners } = countedSignal();
    const ended = vi.fn();
    const pause = sleep(1000, signal).then(ended);
    await vi.advanceTimersByTimeAsync(999);
    expect([ended.mock.calls.length, listeners()]).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(1);
    await pause;
    expect([ended.mock.calls.length, listeners()]).toEqual([1, 0]);
  });

  it("needs no signal", async () => {
    stopTimers();
    const pause = sleep(1000);
    vi.advanceTimersByTime(1000);
    await expect(pause).resolves.toBeUndefined();
  });

  it("that is longer than a timer can wait does not end at once", async () => {
    stopTimers();
    const ended = vi.fn();
    const pause = sleep(Number.POSITIVE_INFINITY).then(ended);
    await vi.advanceTimersByTimeAsync(MAX_TIMER_MS - 1);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await pause;
  });

  it("rejects with the reason of its signal, and keeps no timer", async () => {
    stopTimers();
    const { signal, abort } = countedSignal();
    const pause = errorOf(sleep(1000, signal));
    expect(vi.getTimerCount()).toBe(1);
    abort();
    expect(await pause).toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not begin if its signal is aborted", async () => {
    stopTimers();
    const { signal, abort, listeners } = countedSignal();
    abort();
    const pause = errorOf(sleep(1000, signal));
    expect([vi.getTimerCount(), listeners()]).toEqual([0, 0]);
    expect(await pause).toBe(reason);
  });
});
