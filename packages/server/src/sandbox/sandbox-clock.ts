import type { Clock } from "../domain/clock.ts";

/** The state of a sandbox clock, as plain data. */
export interface ClockState {
  /** Milliseconds since 1970; absent if the clock is running. */
  readonly frozenAt?: number;
  /** Difference between a running clock and the real time, in milliseconds. */
  readonly offset: number;
}

/** Writes are ordered by whole microseconds, which a number represents exactly until the year 2255. */
const END = Date.UTC(2200, 0);

/** Returns whether a sandbox can have this time: it must be from 1970 to 2199. */
export function isSandboxTime(ms: number): boolean {
  return ms >= 0 && ms < END;
}

/** A clock that can be frozen and moved. By default, it shows the real time. */
export class SandboxClock implements Clock {
  readonly #realTime: () => number;
  readonly #dueWork: (() => Promise<void>)[] = [];
  #frozenAt: number | undefined;
  #offset = 0;

  /** @param realTime milliseconds since 1970 */
  constructor(realTime: () => number = Date.now) {
    this.#realTime = realTime;
  }

  /** Returns the milliseconds since 1970. A running clock stops at the end of 2199. */
  now(): number {
    return this.#frozenAt ?? Math.min(this.#realTime() + this.#offset, END - 1);
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /**
   * Stops the clock.
   *
   * @param at the new time, in milliseconds since 1970 if it is a number
   * @default the current time of the clock
   * @throws {RangeError} if the time is not from 1970 to 2199
   */
  freeze(at: Date | number = this.now()): void {
    const time = Number(at);
    if (!isSandboxTime(time))
      throw new RangeError(`The clock cannot be set to ${time}: its times are from 1970 to 2199.`);
    this.#frozenAt = time;
  }

  /** Starts the clock at the time that it shows. */
  resume(): void {
    this.#offset = this.now() - this.#realTime();
    this.#frozenAt = undefined;
  }

  /**
   * Moves the clock forward, whether it is frozen or running. Resolves when all work that became due is done.
   *
   * @param ms 0 or more
   * @throws {RangeError} if `ms` is negative, not a number, or exceeds the end of 2199; the clock does not change then
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`A clock advances by 0 milliseconds or more, not by ${ms}.`);
    if (!isSandboxTime(this.now() + ms))
      throw new RangeError(`The clock cannot advance by ${ms} milliseconds: its times are from 1970 to 2199.`);
    if (this.#frozenAt === undefined) this.#offset += ms;
    else this.#frozenAt += ms;
    for (const doDueWork of this.#dueWork) await doDueWork();
  }

  /** Adds work that depends on the time. `advance` waits for it. */
  onAdvance(doDueWork: () => Promise<void>): void {
    this.#dueWork.push(doDueWork);
  }

  save(): ClockState {
    return { offset: this.#offset, ...(this.#frozenAt !== undefined && { frozenAt: this.#frozenAt }) };
  }

  restore({ frozenAt, offset }: ClockState): void {
    this.#frozenAt = frozenAt;
    this.#offset = offset;
  }
}
