import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { MAX_TIMER_MS, systemEnvironment } from "../src/connection/environment.ts";
import { errorOf } from "./error-of.ts";
import { stopTimers } from "./resilience/stopped-timers.ts";

const { sleep } = systemEnvironment;
const reason = new Error("no longer needed");

const listenersOf = (signal: AbortSignal) => getEventListeners(signal, "abort").length;

describe("the system environment", () => {
  it("reads the current time and a monotonic clock", () => {
    const before = [Date.now(), performance.now()] as const;
    const now = [systemEnvironment.now(), systemEnvironment.elapsed()] as const;
    expect(now[0]).toBeGreaterThanOrEqual(before[0]);
    expect(now[0]).toBeLessThanOrEqual(Date.now());
    expect(now[1]).toBeGreaterThanOrEqual(before[1]);
    expect(now[1]).toBeLessThanOrEqual(performance.now());
  });
});

describe("sleep", () => {
  it("resolves after the given time, and removes its listener", async () => {
    stopTimers();
    const { signal } = new AbortController();
    const ended = vi.fn();
    const pause = sleep(1000, signal).then(ended);
    await vi.advanceTimersByTimeAsync(999);
    expect([ended.mock.calls.length, listenersOf(signal)]).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(1);
    await pause;
    expect([ended.mock.calls.length, listenersOf(signal)]).toEqual([1, 0]);
  });

  it("does not require a signal", async () => {
    stopTimers();
    const pause = sleep(1000);
    vi.advanceTimersByTime(1000);
    await expect(pause).resolves.toBeUndefined();
  });

  it("does not resolve at once if the time is longer than a timer supports", async () => {
    stopTimers();
    const ended = vi.fn();
    const pause = sleep(Number.POSITIVE_INFINITY).then(ended);
    await vi.advanceTimersByTimeAsync(MAX_TIMER_MS - 1);
    expect(ended).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await pause;
  });

  it("rejects with the reason of its signal, and leaves no timer and no listener", async () => {
    stopTimers();
    const controller = new AbortController();
    const pause = errorOf(sleep(1000, controller.signal));
    expect(vi.getTimerCount()).toBe(1);
    controller.abort(reason);
    expect(await pause).toBe(reason);
    expect([vi.getTimerCount(), listenersOf(controller.signal)]).toEqual([0, 0]);
  });

  it("starts no timer if its signal is already aborted", async () => {
    stopTimers();
    const signal = AbortSignal.abort(reason);
    const pause = errorOf(sleep(1000, signal));
    expect([vi.getTimerCount(), listenersOf(signal)]).toEqual([0, 0]);
    expect(await pause).toBe(reason);
  });
});
