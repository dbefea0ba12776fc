import type { Environment } from "../connection/environment.ts";

/** Calls that wait for the same moment resume within this many milliseconds after it. */
const SPREAD_MS = 100;

/** The pause of all calls of a client after a 429. */
export class RatePause {
  readonly #environment: Environment;
  #until = 0;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Extends the pause. A shorter one has no effect. */
  hold(ms: number): void {
    this.#until = Math.max(this.#until, this.#environment.elapsed() + ms);
  }

  /** @returns milliseconds until the pause ends, with jitter; 0 if there is none */
  left(): number {
    const left = this.#until - this.#environment.elapsed();
    return left > 0 ? left + this.#environment.random() * SPREAD_MS : 0;
  }
}

/** Retries in a row, over all calls of a client. */
const FULL = 50;
/** Number of successful calls that restore one retry. */
const EARNED_BY = 10;

/** Limits the retries of all calls of a client, so that they do not overload a failing service. A 429 needs no budget, because it pauses all calls. */
export class RetryBudget {
  #left = FULL;

  /** @returns whether a retry was left */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  earn(): void {
    this.#left = Math.min(FULL, this.#left + 1 / EARNED_BY);
  }
}
