import type { Surroundings } from "../connection/surroundings.ts";

/** Those who wait for the same moment come back within so many milliseconds after it. */
const SPREAD_MS = 100;

/** The pause of a whole client after a 429. */
export class RatePause {
  readonly #surroundings: Surroundings;
  #until = 0;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  hold(ms: number): void {
    this.#until = Math.max(this.#until, this.#surroundings.elapsed() + ms);
  }

  /** @returns milliseconds */
  left(): number {
    const left = this.#until - this.#surroundings.elapsed();
    return left > 0 ? left + this.#surroundings.random() * SPREAD_MS : 0;
  }
}
