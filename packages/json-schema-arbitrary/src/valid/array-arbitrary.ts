import fc from "fast-check";
import { canonicalText, type JsonValue } from "../json.ts";
import { checked, findSample } from "./checked.ts";
import { distinctArbitrary } from "./distinct-arbitrary.ts";

/** What arrays are made of. All arbitraries generate valid items. */
export interface ArrayParts {
  readonly min: number;
  readonly max: number;
  readonly isUnique: boolean;
  readonly prefix: readonly fc.Arbitrary<JsonValue>[];
  readonly rest: ItemParts | undefined;
  readonly slots: readonly (ItemParts & { readonly min: number; readonly max: number })[];
  readonly copy?: readonly [from: number, to: number];
  readonly isMinimal: boolean;
  /** The most items that the schema does not demand. Undefined for the default of fast-check. */
  readonly maxOthers: number | undefined;
  /** Creates the error to throw if no array was found. */
  readonly failure: () => Error;
}

export interface ItemParts {
  readonly item: fc.Arbitrary<JsonValue>;
  /** All possible items, if they are few. */
  readonly values: readonly JsonValue[] | undefined;
}

/** Arrays with more items repeat a few. */
const LONG = 60;
/** Longer arrays are not generated. */
const MAX_ITEMS = 20_000;
/** Arrays of exactly the maximum length are generated up to this length. */
const MAX_EDGE = 200;

/** Arrays with at least `min` and at most `max` items. Returns undefined if none was found. */
export function arrayArbitrary(parts: ArrayParts): fc.Arbitrary<JsonValue[]> | undefined {
  const { prefix, rest, slots, min, isUnique, copy } = parts;
  const max = rest === undefined && slots.length === 0 ? Math.min(parts.max, prefix.length) : parts.max;
  if (min > max || min > MAX_ITEMS) return undefined;
  const alternatives: fc.Arbitrary<JsonValue[]>[] = [];
  const demanded = slots.reduce((sum, slot) => sum + slot.min, 0);
  if (demanded === 0 && prefix.length > 0 && min <= prefix.length) {
    const most = Math.min(prefix.length, max);
    const lengths = fc.integer({ min, max: parts.isMinimal ? min : most });
    alternatives.push(
      fc.tuple(lengths, fc.tuple(...prefix.slice(0, most))).map(([length, items]) => items.slice(0, length)),
    );
  }
  if (max > prefix.length || prefix.length === 0) {
    const others = otherItems(parts, Math.max(0, min - prefix.length), max - prefix.length);
    if (others !== undefined && (prefix.length === 0 || !parts.isMinimal || alternatives.length === 0)) {
      alternatives.push(
        prefix.length === 0
          ? others
          : fc.tuple(fc.tuple(...prefix), others).map(([first, later]) => [...first, ...later]),
      );
    }
  }
  const [first, second] = alternatives;
  if (first === undefined) return undefined;
  const arrays = second === undefined ? first : fc.oneof(first, second);
  if (findSample(arrays, () => true, 1) === undefined) return undefined;
  if (copy !== undefined) return arrays.map((items) => withCopy(items, copy));
  if (!isUnique || (prefix.length === 0 && slots.length === 0)) return arrays;
  return checked(arrays, areDistinct);
}

function withCopy(items: JsonValue[], [from, to]: readonly [number, number]): JsonValue[] {
  return items.map((item, index) => (index === to ? (items[from] ?? null) : item));
}

function areDistinct(items: readonly JsonValue[]): boolean {
  return new Set(items.map(canonicalText)).size === items.length;
}

/** The items after the prefix: those of the slots, at random places between others. */
function otherItems(parts: ArrayParts, min: number, max: number): fc.Arbitrary<JsonValue[]> | undefined {
  const { rest, slots } = parts;
  if (slots.length === 0)
    return rest === undefined ? (min === 0 ? fc.constant([]) : undefined) : itemsOf(parts, rest, min, max);
  const demanded = slots.reduce((sum, slot) => sum + slot.min, 0);
  if (demanded > max) return undefined;
  // Without other items, the slots must reach the minimum.
  const missing = rest === undefined ? Math.max(0, min - demanded) : 0;
  const lists: fc.Arbitrary<JsonValue[]>[] = [];
  for (const [index, slot] of slots.entries()) {
    const least = slot.min + (index === 0 ? missing : 0);
    const most = Math.min(slot.max, max - demanded + slot.min, least + (parts.isMinimal ? 0 : 2));
    if (least > most) return undefined;
    const list = itemsOf({ ...parts, isMinimal: true }, slot, least, least);
    const longer = itemsOf({ ...parts, isMinimal: false }, slot, least, most);
    if (list === undefined) return undefined;
    lists.push(longer === undefined || parts.isMinimal ? list : fc.oneof(list, longer));
  }
  const fewest = Math.max(0, min - demanded);
  const fillers =
    rest === undefined
      ? fc.constant([])
      : (itemsOf({ ...parts, isMinimal: parts.isMinimal }, rest, fewest, max - demanded) ??
        (fewest === 0 ? fc.constant([]) : undefined));
  if (fillers === undefined) return undefined;
  return fc.tuple(fc.tuple(...lists), fillers, fc.nat()).map(([placed, others, seed]) => {
    const wanted = placed.flat();
    // Both together may exceed the maximum.
    const kept = others.slice(0, Math.max(fewest, max - wanted.length)).slice(0, Math.max(0, max - wanted.length));
    return interleaved(kept, wanted, seed);
  });
}

function interleaved(items: readonly JsonValue[], inserted: readonly JsonValue[], seed: number): JsonValue[] {
  const result = [...items];
  for (const [index, item] of inserted.entries()) result.splice((seed >> index) % (result.length + 1), 0, item);
  return result;
}

function itemsOf(
  parts: ArrayParts,
  { item, values }: ItemParts,
  min: number,
  max: number,
): fc.Arbitrary<JsonValue[]> | undefined {
  if (min > max) return undefined;
  const limit = parts.isMinimal ? min : parts.maxOthers === undefined ? max : Math.min(max, min + parts.maxOthers);
  const lengths = { minLength: min, ...(limit < Infinity && { maxLength: limit }) };
  if (parts.isUnique) {
    if (values === undefined)
      return distinctArbitrary(item, { min, max: limit, keyOf: canonicalText, failure: parts.failure });
    if (values.length < min) return undefined;
    return fc.shuffledSubarray([...values], { minLength: min, maxLength: Math.min(values.length, limit) });
  }
  if (min > LONG) return repeated(item, min, Math.min(limit, min + 3));
  const arrays = fc.array(item, lengths);
  if (parts.isMinimal || parts.maxOthers !== undefined || max > MAX_EDGE || max <= 10) return arrays;
  return fc.oneof({ arbitrary: arrays, weight: 19 }, { arbitrary: repeated(item, max, max), weight: 1 });
}

function repeated(item: fc.Arbitrary<JsonValue>, min: number, max: number): fc.Arbitrary<JsonValue[]> {
  return fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 4 }), fc.integer({ min, max }))
    .map(([items, length]) => Array.from({ length }, (_, index) => items[index % items.length] ?? null));
}
