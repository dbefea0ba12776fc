import type { Contestant } from "./contestants.ts";

export type Method = keyof Contestant;

/** What a contestant is told. */
export interface LapOrder {
  readonly method: Method;
  readonly ms: number;
}

/** What it did. */
export interface Lap {
  /** Calls a second. */
  readonly rate: number;
  /** Time of the processor for one call, in microseconds. */
  readonly cpu: number;
}
