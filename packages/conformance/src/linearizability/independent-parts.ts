import { UnionFind } from "./union-find.ts";

/** Splits items that share no key, directly or through others, into parts. The order within a part is kept. */
export function independentParts<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Item[][] {
  const joined = new UnionFind();
  for (const item of items) joined.join(keysOf(item));
  const parts = new Map<string, Item[]>();
  for (const item of items) {
    const [key = ""] = keysOf(item);
    const root = joined.find(key);
    const part = parts.get(root) ?? [];
    part.push(item);
    parts.set(root, part);
  }
  return [...parts.values()];
}
