/** Returns an integer from 0 (inclusive) to the bound (exclusive). */
export type Random = (bound: number) => number;

export function pick<Item>(random: Random, items: readonly [Item, ...Item[]]): Item;
export function pick<Item>(random: Random, items: readonly Item[]): Item | undefined;
export function pick<Item>(random: Random, items: readonly Item[]): Item | undefined {
  return items[random(items.length)];
}
