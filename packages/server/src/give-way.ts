import { setImmediate } from "node:timers/promises";

const MAX_HOLD_MS = 5;
let heldSince = 0;

/** Lets requests be answered between two steps of long work, once that has held the thread for some milliseconds. */
export async function giveWay(): Promise<void> {
  if (performance.now() - heldSince < MAX_HOLD_MS) return;
  await setImmediate();
  heldSince = performance.now();
}
