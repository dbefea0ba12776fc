import { setImmediate } from "node:timers";

const MAX_HOLD_MS = 5;
const waiting: (() => void)[] = [];
let heldSince = 0;

/** Whether long work has held the thread for some milliseconds. Checking this is much cheaper than awaiting between all steps. */
export function isYieldDue(): boolean {
  return performance.now() - heldSince >= MAX_HOLD_MS;
}

/** Lets other requests run between two steps of long work. Of several long tasks, one continues in each turn of the event loop. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(continueNext);
  });
}

function continueNext(): void {
  heldSince = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(continueNext);
}
