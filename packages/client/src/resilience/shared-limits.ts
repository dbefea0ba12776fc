import type { Environment } from "../connection/environment.ts";

/** Those who wait for the same moment come back within so many milliseconds after it. */
const SPREAD_MS = 100;

/** The pause of a whole client after a 429. */
export class RatePause {
  readonly #environment: Environment;
  #until = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  hold(ms: number): void {
    this.#until = Math.max(this.#until, this.#environment.elapsed() + ms);
  }

  /** @returns milliseconds */
  left(): number {
    const left = this.#until - this.#environment.elapsed();
    return left > 0 ? left + this.#environment.random() * SPREAD_MS : 0;
  }
}

/** Retries that may be made in a row, over all calls of a client. */
const FULL = 50;
/** Successes that earn one retry. */
const EARNED_BY = 10;

/** Shared by all calls of a client, so that a service that is down is not buried under retries. A 429 takes nothing: its pause does that. */
export class RetryBudget {
  #left = FULL;

  /** @returns whether there was one left */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  earn(): void {
    this.#left = Math.min(FULL, this.#left + 1 / EARNED_BY);
  }
}
