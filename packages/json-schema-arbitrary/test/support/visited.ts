import fc from "fast-check";

/**
 * Returns the values that fast-check visits when a property fails: a generated value, and every value that shrinking tries. The
 * property fails for every value that is not smaller than the smallest one so far, so that shrinking also has to go back.
 */
export function visited<T>(arbitrary: fc.Arbitrary<T>, runs: number, firstSeed = 1): readonly T[] {
  const values: T[] = [];
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    let attempts = 0;
    fc.check(
      fc.property(arbitrary, (value) => {
        values.push(value);
        attempts++;
        return attempts > 150 || attempts % 3 === 2;
      }),
      { seed, numRuns: 1 },
    );
  }
  return values;
}
