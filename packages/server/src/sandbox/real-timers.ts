import { setImmediate, setTimeout } from "node:timers/promises";

// Fake timers can also replace the exports of `node:timers`, so the functions are captured when the module is loaded.

/** Resolves in the next turn of the event loop, after timers that are due and I/O. */
export const nextTurn: () => Promise<void> = setImmediate;

/** Resolves after a number of real milliseconds. */
export const delay: typeof setTimeout = setTimeout;
