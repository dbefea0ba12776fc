import fc from "fast-check";
import { SchemaError } from "../schema-error.ts";

const MAX_PROBES = 300;
const MAX_ATTEMPTS = 300;

/**
 * Like `filter` of fast-check, which never gives up. Returns undefined if a sample contains no accepted value. Otherwise, the
 * arbitrary falls back on the accepted value of the sample.
 */
export function checked<T>(
  arbitrary: fc.Arbitrary<T>,
  accepts: (value: T) => boolean,
  probes = MAX_PROBES,
): fc.Arbitrary<T> | undefined {
  const found = findSample(arbitrary, accepts, probes);
  return found && new Checked(arbitrary, accepts, found.value);
}

/** Returns the first generated value that is accepted, or `undefined` after a bounded number of attempts. */
export function findSample<T>(
  arbitrary: fc.Arbitrary<T>,
  accepts: (value: T) => boolean,
  probes = MAX_PROBES,
): { readonly value: T } | undefined {
  for (let done = 0, seed = 1; done < probes; done += seed, seed *= 4) {
    try {
      for (const value of fc.sample(arbitrary, { numRuns: Math.min(seed, probes - done), seed })) {
        if (accepts(value)) return { value };
      }
    } catch (error) {
      // A part gave up.
      if (!(error instanceof SchemaError)) throw error;
    }
  }
  return undefined;
}

class Checked<T> extends fc.Arbitrary<T> {
  readonly #inner: fc.Arbitrary<T>;
  readonly #accepts: (value: T) => boolean;
  readonly #fallback: T;

  constructor(inner: fc.Arbitrary<T>, accepts: (value: T) => boolean, fallback: T) {
    super();
    this.#inner = inner;
    this.#accepts = accepts;
    this.#fallback = fallback;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const value = this.#inner.generate(random, bias);
      if (this.#accepts(value.value)) return value;
    }
    return new fc.Value(structuredClone(this.#fallback), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.#inner.canShrinkWithoutContext(value) && this.#accepts(value);
  }

  override shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    return this.#inner.shrink(value, context).filter((each) => this.#accepts(each.value));
  }
}
