/** Numbers that only look random: the same seed gives the same ones. */
export class Random {
  #state: number;

  /** @param seed a whole number above 0 */
  constructor(seed: number) {
    this.#state = seed % 2_147_483_647;
  }

  /** A whole number from 0 up to, but not, the bound. */
  below(bound: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state % bound;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  pick<Item>(items: readonly Item[]): Item | undefined;
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }
}
