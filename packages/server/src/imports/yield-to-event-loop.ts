import { setImmediate } from "node:timers/promises";

const MAX_HOLD_MS = 5;
let heldSince = 0;

/** Whether long work has held the thread for some milliseconds. Much cheaper than to await between all of its steps. */
export function isYieldDue(): boolean {
  return performance.now() - heldSince >= MAX_HOLD_MS;
}

/** Lets other requests run between two steps of long work. */
export async function yieldToEventLoop(): Promise<void> {
  await setImmediate();
  heldSince = performance.now();
}
