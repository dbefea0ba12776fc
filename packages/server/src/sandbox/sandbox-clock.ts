import type { Clock } from "../clock.ts";

/** Where a clock stands, as plain data. */
export interface ClockState {
  /** Milliseconds since 1970; absent while the clock runs. */
  readonly frozenAt?: number;
  /** How far a running clock is ahead of the real one, in milliseconds. */
  readonly offset: number;
}

/** Whether a `Date` can show this. */
export function isTime(ms: number): boolean {
  return !Number.isNaN(new Date(ms).getTime());
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
   * @throws {RangeError} if no `Date` can show it
   */
  freeze(at: Date | number = this.now()): void {
    const time = Number(at);
    if (!isTime(time)) throw new RangeError(`A clock stands at a time that a Date can show, not at ${time}.`);
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
   * @throws {RangeError} if `ms` is negative or not a number, or leads beyond what a `Date` can show; the clock stays then
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`A clock advances by 0 milliseconds or more, not by ${ms}.`);
    if (!isTime(this.now() + ms)) throw new RangeError(`A clock cannot advance by ${ms}: no Date can show that time.`);
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
