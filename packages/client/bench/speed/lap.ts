import type { Contestant } from "./contestants.ts";

export type Method = keyof Contestant;

/** The message that starts a lap. */
export interface LapOrder {
  readonly method: Method;
  readonly ms: number;
}

/** The result of a lap. */
export interface Lap {
  /** Requests per second. */
  readonly rate: number;
  /** CPU time per request, in microseconds. */
  readonly cpu: number;
}
