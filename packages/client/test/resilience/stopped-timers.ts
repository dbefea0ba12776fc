import { setImmediate } from "node:timers/promises";
import { onTestFinished, vi } from "vitest";

/** Stops `setTimeout` until the end of the test. Sockets are not affected, so a server still responds. */
export function stopTimers(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
}

/**
 * Lets stopped timers run for a time.
 *
 * @returns the error with which a call has rejected by then, or `"pending"`
 */
export async function endAfter(ms: number, call: PromiseLike<unknown>): Promise<unknown> {
  vi.advanceTimersByTime(ms);
  return Promise.race([call.then(undefined, (error: unknown) => error), setImmediate("pending")]);
}
