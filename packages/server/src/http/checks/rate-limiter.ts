import type { RateLimit } from "../../configuration/settings.ts";
import type { Clock } from "../../domain/clock.ts";

/** The number of keys above which idle ones are removed for the first time. */
const FIRST_SEARCH = 10_000;

/**
 * Limits the requests of each key with GCRA: a key has a theoretical arrival time, which each request moves forward. This takes one
 * number per key, and yields exactly when the next request is allowed.
 */
export class RateLimiter {
  readonly #clock: Clock;
  #intervalMs: number;
  #toleranceMs: number;
  readonly #arrivals = new Map<string, number>();
  /** The number of keys above which idle ones are removed next. */
  #nextSearch = FIRST_SEARCH;

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock;
    this.#intervalMs = intervalOf(limit);
    this.#toleranceMs = toleranceOf(limit);
  }

  /** Replaces the limit. The requests that a key has made count against the new one. */
  change(limit: RateLimit): void {
    const now = this.#clock.now();
    const scale = intervalOf(limit) / this.#intervalMs;
    this.#intervalMs = intervalOf(limit);
    this.#toleranceMs = toleranceOf(limit);
    const usedUp = this.#toleranceMs + this.#intervalMs;
    for (const [key, arrival] of this.#arrivals) {
      this.#arrivals.set(key, now + Math.min((arrival - now) * scale, usedUp));
    }
  }

  /** @returns 0 if the request is allowed, otherwise the whole seconds until the next one is */
  take(key: string): number {
    const now = this.#clock.now();
    const arrival = this.#arrivalOf(key, now);
    const early = arrival - this.#toleranceMs - now;
    if (early > 0) return Math.ceil(early / 1000);
    this.#arrivals.set(key, arrival + this.#intervalMs);
    if (this.#arrivals.size > this.#nextSearch) this.#removeIdle(now);
    return 0;
  }

  /** Removes all keys. */
  clear(): void {
    this.#arrivals.clear();
  }

  #arrivalOf(key: string, now: number): number {
    const arrival = Math.max(this.#arrivals.get(key) ?? 0, now);
    const fullBurst = now + this.#toleranceMs;
    // A later time means that the clock was set back. One request is then allowed, but not another burst.
    return arrival > fullBurst + this.#intervalMs ? fullBurst : arrival;
  }

  #removeIdle(now: number): void {
    for (const [key, arrival] of this.#arrivals) if (arrival <= now) this.#arrivals.delete(key);
    // Twice the remaining keys, so that the cost of a search is spread over as many requests.
    this.#nextSearch = Math.max(FIRST_SEARCH, 2 * this.#arrivals.size);
  }
}

/** Milliseconds between two requests at the sustained rate. */
function intervalOf({ perSecond }: RateLimit): number {
  return 1000 / perSecond;
}

/** How much earlier than its theoretical arrival time a request may arrive, in milliseconds. */
function toleranceOf(limit: RateLimit): number {
  return intervalOf(limit) * (limit.burst - 1);
}
