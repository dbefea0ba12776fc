import type { Clock } from "../clock.ts";

/** Where a clock stands, as plain data. */
export interface ClockState {
  /** Milliseconds since 1970; absent while the clock runs. */
  readonly frozenAt?: number;
  /** How far a running clock is ahead of the real one, in milliseconds. */
  readonly offset: number;
}

/** Writes are ordered by whole microseconds, which a number represents exactly until the year 2255. */
const END = Date.UTC(2200, 0);

/** Whether a sandbox can be at a time: from 1970 to 2199. */
export function isSandboxTime(ms: number): boolean {
  return ms >= 0 && ms < END;
}

/** A clock that can stand still and be moved. It runs with the real time until it is told otherwise. */
export class SandboxClock implements Clock {
  readonly #realTime: () => number;
  readonly #dueWork: (() => Promise<void>)[] = [];
  #frozenAt: number | undefined;
  #offset = 0;

  /** @param realTime milliseconds since 1970 */
  constructor(realTime: () => number = Date.now) {
    this.#realTime = realTime;
  }

  now(): number {
    return this.#frozenAt ?? this.#realTime() + this.#offset;
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== undefined;
  }

  /**
   * Stops the clock.
   *
   * @param at the time that it shows from now on, in milliseconds since 1970 if it is a number
   * @default the time that it shows already
   * @throws {RangeError} if it is not a time from 1970 to 2199
   */
  freeze(at: Date | number = this.now()): void {
    const time = Number(at);
    if (!isSandboxTime(time))
      throw new RangeError(`The clock cannot be set to ${time}: its times are from 1970 to 2199.`);
    this.#frozenAt = time;
  }

  /** Lets the clock run on from the time that it shows. */
  resume(): void {
    this.#offset = this.now() - this.#realTime();
    this.#frozenAt = undefined;
  }

  /**
   * Moves the clock forward, whether it is frozen or runs. Work that became due is done once this resolves.
   *
   * @param ms 0 or more
   * @throws {RangeError} if `ms` is negative or not a number, or leads beyond 2199; the clock then stays as it is
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`A clock advances by 0 milliseconds or more, not by ${ms}.`);
    if (!isSandboxTime(this.now() + ms))
      throw new RangeError(`The clock cannot advance by ${ms} milliseconds: its times are from 1970 to 2199.`);
    if (this.#frozenAt === undefined) this.#offset += ms;
    else this.#frozenAt += ms;
    for (const doDueWork of this.#dueWork) await doDueWork();
  }

  /** Names work that depends on the time; `advance` waits until it is done. */
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
