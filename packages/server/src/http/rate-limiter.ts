import type { Clock } from "../clock.ts";
import type { RateLimit } from "../configuration/settings.ts";

/** Beyond this many keys, those that are idle are forgotten. */
const MAX_KEYS = 10_000;

/**
 * GCRA: every key has a theoretical arrival time, which each request moves on. It needs one number a key, and says exactly when
 * the next request is let through.
 */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #toleranceMs: number;
  readonly #arrivals = new Map<string, number>();

  constructor(clock: Clock, { perSecond, burst }: RateLimit) {
    this.#clock = clock;
    this.#intervalMs = 1000 / perSecond;
    this.#toleranceMs = this.#intervalMs * (burst - 1);
  }

  /** @returns 0 if the request is let through, else the whole seconds after which the next one is */
  take(key: string): number {
    const now = this.#clock.now();
    // Never further off than a whole burst, even where the clock went back.
    const latest = now + this.#toleranceMs + this.#intervalMs;
    const arrival = Math.min(Math.max(this.#arrivals.get(key) ?? 0, now), latest);
    const early = arrival - this.#toleranceMs - now;
    if (early > 0) return Math.ceil(early / 1000);
    this.#arrivals.set(key, arrival + this.#intervalMs);
    if (this.#arrivals.size > MAX_KEYS) this.#forgetIdle(now);
    return 0;
  }

  /** Lets everybody start anew. */
  clear(): void {
    this.#arrivals.clear();
  }

  #forgetIdle(now: number): void {
    for (const [key, arrival] of this.#arrivals) if (arrival <= now) this.#arrivals.delete(key);
  }
}
