import fc from "fast-check";
import { isInheritedName, type JsonValue, setProperty } from "../json.ts";
import { checked } from "./checked.ts";
import { distinctArbitrary } from "./distinct-arbitrary.ts";

type JsonObject = { [name: string]: JsonValue };
type Entry = [name: string, value: JsonValue];

/** What objects are made of. All arbitraries generate valid parts. */
export interface ObjectParts {
  readonly min: number;
  readonly max: number;
  readonly required: readonly (readonly [name: string, value: fc.Arbitrary<JsonValue>])[];
  readonly optional: readonly (readonly [name: string, value: fc.Arbitrary<JsonValue>])[];
  readonly sources: readonly fc.Arbitrary<Entry>[];
  readonly forced: readonly fc.Arbitrary<Entry>[];
  /** Whether to generate only what the schema demands. */
  readonly isMinimal: boolean;
  /** The most properties from `sources`, apart from those that are demanded. Undefined for the default of fast-check. */
  readonly maxOthers: number | undefined;
}

/** Larger objects are not generated. */
const MAX_PROPERTIES = 5000;
const ABSENT = Symbol("absent");
type Optional = JsonValue | typeof ABSENT;

/** Objects with distinct properties, at least `min` and at most `max`. Returns undefined if none was found. */
export function objectArbitrary(parts: ObjectParts, failure: () => Error): fc.Arbitrary<JsonObject> | undefined {
  const missing = parts.min - parts.required.length - parts.forced.length;
  if (parts.required.length + parts.forced.length > parts.max || parts.min > MAX_PROPERTIES) return undefined;
  if (missing > parts.optional.length && parts.sources.length === 0) return undefined;
  if (missing > 0) return completedObjects(parts, missing, failure);
  const none = fc.constant<never[]>([]);
  if (parts.isMinimal) return assembled(parts, none, none);
  const some = fc.tuple(...parts.optional.map(([name, value]) => optional(name, value)));
  const others = otherEntries(parts, 0, parts.maxOthers, failure);
  if (parts.optional.length === 0) return assembled(parts, none, others);
  const all = fc.tuple(...parts.optional.map(([, value]) => value));
  return fc.oneof(
    { arbitrary: assembled(parts, some, others), weight: 6 },
    { arbitrary: assembled(parts, none, none), weight: 1 },
    { arbitrary: assembled(parts, all, others), weight: 1 },
  );
}

/** Some validators take an inherited property for a property, unless the object has one of its own. */
function optional(name: string, value: fc.Arbitrary<JsonValue>): fc.Arbitrary<Optional> {
  return isInheritedName(name) && name !== "__proto__"
    ? value
    : fc.option<JsonValue, Optional>(value, { nil: ABSENT, freq: 3 });
}

/** Objects that need more than the required properties. */
function completedObjects(
  parts: ObjectParts,
  missing: number,
  failure: () => Error,
): fc.Arbitrary<JsonObject> | undefined {
  const demanded = parts.sources.length === 0 ? 0 : Math.max(0, missing - parts.optional.length);
  const values = fc.tuple(...parts.optional.map(([, value]) => value));
  const isPresent = parts.isMinimal
    ? fc.constant(parts.optional.map(() => false))
    : fc.tuple(...parts.optional.map(() => fc.boolean()));
  const attempt = (count: number) =>
    assembled(
      parts,
      fc
        .tuple(values, isPresent)
        .map(([all, present]) => all.map((value, index): Optional => (present[index] ? value : ABSENT))),
      otherEntries(parts, count, parts.isMinimal ? 0 : parts.maxOthers, failure),
      values,
    );
  const isComplete = (value: JsonObject) => Object.keys(value).length >= parts.min;
  for (const count of new Set([demanded, Math.min(missing, parts.max)])) {
    const objects = attempt(parts.sources.length === 0 ? 0 : count);
    const complete = checked(objects, isComplete, 30);
    if (complete !== undefined) return complete;
  }
  return undefined;
}

function otherEntries(
  { sources, min, max, required }: ObjectParts,
  count: number,
  limit: number | undefined,
  failure: () => Error,
): fc.Arbitrary<Entry[]> {
  if (sources.length === 0 || (limit === 0 && count === 0)) return fc.constant([]);
  const most = Math.min(max, limit === undefined ? max : count + limit);
  const [first] = sources;
  const entry = sources.length === 1 && first !== undefined ? first : fc.oneof(...sources);
  const entries = distinctArbitrary(entry, { min: count, max: Math.max(most, count), keyOf: nameOf, failure });
  const isOpen = limit !== undefined && count === 0 && min <= required.length;
  return isOpen
    ? fc.oneof({ arbitrary: fc.constant<Entry[]>([]), weight: 2 }, { arbitrary: entries, weight: 1 })
    : entries;
}

function nameOf([name]: Entry): string {
  return name;
}

/**
 * Puts objects together. Properties beyond `max` are left out; absent properties are taken from `reserve` until there are `min`.
 */
function assembled(
  { min, max, required, optional: optionals, forced }: ObjectParts,
  values: fc.Arbitrary<readonly Optional[]>,
  others: fc.Arbitrary<Entry[]>,
  reserve: fc.Arbitrary<readonly JsonValue[]> = fc.constant([]),
): fc.Arbitrary<JsonObject> {
  const names = required.map(([name]) => name);
  const optionalNames = optionals.map(([name]) => name);
  if (names.length === 0 && optionalNames.length === 0 && forced.length === 0) {
    return others.map((entries) => {
      const result: JsonObject = {};
      for (const [name, value] of entries) setProperty(result, name, value);
      return result;
    });
  }
  const every = fc.tuple(fc.tuple(...required.map(([, value]) => value)), fc.tuple(...forced), values, others, reserve);
  return every.map(([requiredValues, forcedEntries, optionalValues, entries, spare]) => {
    const result: JsonObject = {};
    let count = 0;
    const add = (name: string, value: JsonValue) => {
      if (Object.hasOwn(result, name)) return;
      setProperty(result, name, value);
      count++;
    };
    for (const [index, value] of requiredValues.entries()) add(names[index] ?? "", value);
    for (const [name, value] of forcedEntries) add(name, value);
    const room = Math.min(max, Math.max(count, max - Math.max(0, min - count - optionalNames.length)));
    for (const [index, value] of optionalValues.entries()) {
      if (value !== ABSENT && count < room) add(optionalNames[index] ?? "", value);
    }
    for (const [name, value] of entries) if (count < max) add(name, value);
    for (const [index, value] of spare.entries()) if (count < min) add(optionalNames[index] ?? "", value);
    return result;
  });
}
