import fc from "fast-check";
import { SchemaError } from "../schema-error.ts";

const MAX_ATTEMPTS = 2000;

/**
 * Like `filter` of fast-check, which never gives up.
 *
 * @param failure creates the error to throw if no value is accepted
 */
export function bounded<T>(arbitrary: fc.Arbitrary<T>, accepts: (value: T) => boolean, failure: () => Error): fc.Arbitrary<T> {
  return new Bounded(arbitrary, accepts, failure);
}

/** Whether an arbitrary generates an accepted value within a few attempts. */
export function canGenerate<T>(arbitrary: fc.Arbitrary<T>, accepts: (value: T) => boolean, attempts = 300): boolean {
  for (let done = 0, seed = 1; done < attempts; done += seed, seed *= 4) {
    try {
      if (fc.sample(arbitrary, { numRuns: Math.min(seed, attempts - done), seed }).some(accepts)) return true;
    } catch (error) {
      // A part gave up.
      if (!(error instanceof SchemaError)) throw error;
    }
  }
  return false;
}

class Bounded<T> extends fc.Arbitrary<T> {
  readonly #inner: fc.Arbitrary<T>;
  readonly #accepts: (value: T) => boolean;
  readonly #failure: () => Error;

  constructor(inner: fc.Arbitrary<T>, accepts: (value: T) => boolean, failure: () => Error) {
    super();
    this.#inner = inner;
    this.#accepts = accepts;
    this.#failure = failure;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const value = this.#inner.generate(random, bias);
      if (this.#accepts(value.value)) return value;
    }
    throw this.#failure();
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.#inner.canShrinkWithoutContext(value) && this.#accepts(value);
  }

  override shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    return this.#inner.shrink(value, context).filter((each) => this.#accepts(each.value));
  }
}
