import fc from "fast-check";

/** By default, at most this many more items than the minimum are generated. */
const SPREAD = 10;

export interface DistinctOptions<T> {
  readonly min: number;
  readonly max: number;
  /** Two items are the same if their keys are. */
  readonly keyOf: (item: T) => string;
  /** Creates the error to throw if too few distinct items were generated. */
  readonly failure: () => Error;
}

/** Arrays of distinct items. In contrast to `uniqueArray` of fast-check, it gives up if there are too few distinct items. */
export function distinctArbitrary<T>(item: fc.Arbitrary<T>, options: DistinctOptions<T>): fc.Arbitrary<T[]> {
  return new Distinct(item, options);
}

class Distinct<T> extends fc.Arbitrary<T[]> {
  readonly #item: fc.Arbitrary<T>;
  readonly #options: DistinctOptions<T>;

  constructor(item: fc.Arbitrary<T>, options: DistinctOptions<T>) {
    super();
    this.#item = item;
    this.#options = options;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T[]> {
    const { min, max, keyOf, failure } = this.#options;
    const isSmall = bias !== undefined && random.nextInt(1, bias + 1) === 1;
    const length = random.nextInt(min, Math.min(max, min + (isSmall ? 1 : SPREAD)));
    const items = new Map<string, fc.Value<T>>();
    for (let attempt = 0; items.size < length && attempt < 5 * length + 200; attempt++) {
      const value = this.#item.generate(random, bias);
      const key = keyOf(value.value);
      if (!items.has(key)) items.set(key, value);
      else if (items.size >= min && attempt > 3 * length) break;
    }
    if (items.size < min) throw failure();
    return arrayValue([...items.values()]);
  }

  override canShrinkWithoutContext(value: unknown): value is T[] {
    if (!Array.isArray(value) || !value.every((item) => this.#item.canShrinkWithoutContext(item))) return false;
    return value.length >= this.#options.min && value.length <= this.#options.max && this.#areDistinct(value);
  }

  override shrink(value: T[], context: unknown): fc.Stream<fc.Value<T[]>> {
    const items = isItems<T>(context) ? context : value.map((item) => new fc.Value(item, undefined));
    return fc.stream(this.#smaller(items)).map(arrayValue);
  }

  *#smaller(items: readonly fc.Value<T>[]): IterableIterator<fc.Value<T>[]> {
    const { min, keyOf } = this.#options;
    if (min === 0 && items.length > 0) yield [];
    for (let size = items.length >> 1; size > 0; size >>= 1) {
      if (items.length - size < min) continue;
      for (let from = 0; from + size <= items.length; from += size) yield items.toSpliced(from, size);
    }
    const keys = new Set(items.map(({ value }) => keyOf(value)));
    for (const [index, item] of items.entries()) {
      for (const simpler of this.#item.shrink(item.value, item.context)) {
        if (!keys.has(keyOf(simpler.value))) yield items.with(index, simpler);
      }
    }
  }

  #areDistinct(items: readonly T[]): boolean {
    return new Set(items.map(this.#options.keyOf)).size === items.length;
  }
}

function arrayValue<T>(items: fc.Value<T>[]): fc.Value<T[]> {
  return new fc.Value(
    items.map(({ value }) => value),
    items,
  );
}

function isItems<T>(context: unknown): context is fc.Value<T>[] {
  return Array.isArray(context) && context.every((each) => each instanceof fc.Value);
}
