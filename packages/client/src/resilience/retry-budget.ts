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
