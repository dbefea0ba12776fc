import fc from "fast-check";

const MAX_STEPS = 150;
/** Of the candidates that shrinking offers at once, only these are tried. Long arrays offer tens of thousands. */
const MAX_CANDIDATES = 40;

/**
 * Returns the values that fast-check visits when a property fails: a generated value, and the values that shrinking tries. Of three
 * values in succession, the property fails for two, so that shrinking continues both from the first candidates and from later ones.
 */
export function visited<T>(arbitrary: fc.Arbitrary<T>, runs: number, firstSeed = 1): readonly T[] {
  const values: T[] = [];
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    let steps = 0;
    const property = fc.property(new FewCandidates(arbitrary), (value) => {
      values.push(value);
      return ++steps > MAX_STEPS || steps % 3 === 2;
    });
    fc.check(property, { seed, numRuns: 1 });
  }
  return values;
}

class FewCandidates<T> extends fc.Arbitrary<T> {
  readonly #inner: fc.Arbitrary<T>;

  constructor(inner: fc.Arbitrary<T>) {
    super();
    this.#inner = inner;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    return this.#inner.generate(random, bias);
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.#inner.canShrinkWithoutContext(value);
  }

  override shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    return this.#inner.shrink(value, context).take(MAX_CANDIDATES);
  }
}
