import { canonicalText, type JsonType, type JsonValue } from "../json.ts";
import type { Schema } from "./load-schema.ts";

/** The schemas that a value must satisfy together. */
export type Conjunction = readonly Schema[];

/** What one schema object says of the properties of an object. */
export interface PropertyRules {
  readonly properties: ReadonlyMap<string, Schema>;
  readonly patterns: readonly { readonly pattern: string; readonly expression: RegExp; readonly schema: Schema }[];
  /** Applies to the properties that none of the above applies to. */
  readonly additional?: Schema;
  /** The schemas with `unevaluatedProperties` that this one belongs to. */
  readonly scopes: readonly object[];
  /** If present, `additional` does not apply to the properties that these rules cover. */
  readonly unless?: readonly PropertyRules[];
}

/** What one schema object says of the items of an array. */
export interface ItemRules {
  readonly prefix: readonly Schema[];
  readonly rest?: Schema;
  readonly scopes: readonly object[];
  readonly unless?: readonly ItemRules[];
}

/** At least `min` and at most `max` items, from index `from` on, satisfy the schema. */
export interface ContainsRule {
  readonly schema: Schema;
  readonly min: number;
  readonly max: number;
  readonly from: number;
  readonly scopes: readonly object[];
}

/** A property must exist whose name and value satisfy these schemas. */
export interface ExistsRule {
  readonly names: Conjunction;
  readonly value: Schema;
}

/**
 * A conjunction without branches: what a value must satisfy, separately for each JSON type. A schema is a disjunction of shapes.
 */
export interface Shape {
  types: ReadonlySet<JsonType>;
  /** If present, only these values are possible. */
  values: readonly JsonValue[] | undefined;
  /** Canonical texts of values that are not possible. */
  excluded: readonly string[];
  /** Whether values must be checked, because the fields below do not express everything. */
  isInexact: boolean;

  isInteger: boolean;
  isFraction: boolean;
  minimum: number;
  maximum: number;
  exclusiveMinimum: number;
  exclusiveMaximum: number;
  multiples: readonly number[];
  notMultiples: readonly number[];

  minLength: number;
  maxLength: number;
  patterns: readonly string[];
  notPatterns: readonly string[];
  formats: readonly string[];
  notFormats: readonly string[];

  minItems: number;
  maxItems: number;
  isUnique: boolean;
  hasDuplicate: boolean;
  items: readonly ItemRules[];
  contains: readonly ContainsRule[];

  minProperties: number;
  maxProperties: number;
  required: ReadonlySet<string>;
  forbidden: ReadonlySet<string>;
  properties: readonly PropertyRules[];
  names: readonly Schema[];
  exists: readonly ExistsRule[];

  unevaluatedItems: readonly { readonly scope: object; readonly schema: Schema }[];
  unevaluatedProperties: readonly { readonly scope: object; readonly schema: Schema }[];
}

export function everyShape(): Shape {
  return {
    types: new Set(["null", "boolean", "number", "string", "array", "object"]),
    values: undefined,
    excluded: [],
    isInexact: false,
    isInteger: false,
    isFraction: false,
    minimum: -Infinity,
    maximum: Infinity,
    exclusiveMinimum: -Infinity,
    exclusiveMaximum: Infinity,
    multiples: [],
    notMultiples: [],
    minLength: 0,
    maxLength: Infinity,
    patterns: [],
    notPatterns: [],
    formats: [],
    notFormats: [],
    minItems: 0,
    maxItems: Infinity,
    isUnique: false,
    hasDuplicate: false,
    items: [],
    contains: [],
    minProperties: 0,
    maxProperties: Infinity,
    required: new Set(),
    forbidden: new Set(),
    properties: [],
    names: [],
    exists: [],
    unevaluatedItems: [],
    unevaluatedProperties: [],
  };
}

/** Keeps only the given types. */
export function restrictTypes(shape: Shape, types: Iterable<JsonType>): void {
  const kept = new Set(types);
  shape.types = new Set([...shape.types].filter((type) => kept.has(type)));
}

export function restrictValues(shape: Shape, values: readonly JsonValue[]): void {
  const texts = new Set(values.map(canonicalText));
  shape.values = (shape.values ?? values).filter((value) => texts.has(canonicalText(value)));
}

/** Excludes the types for which the bounds leave nothing. Returns whether a type remains. */
export function isPossible(shape: Shape): boolean {
  if (shape.values?.length === 0) return false;
  const impossible = new Set<JsonType>();
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = shape;
  const low = Math.max(minimum, exclusiveMinimum);
  const high = Math.min(maximum, exclusiveMaximum);
  if (low > high || (low === high && (exclusiveMinimum === low || exclusiveMaximum === high))) impossible.add("number");
  if (shape.isInteger && shape.isFraction) impossible.add("number");
  if (shape.minLength > shape.maxLength) impossible.add("string");
  if (shape.minItems > shape.maxItems || (shape.isUnique && shape.hasDuplicate)) impossible.add("array");
  if (Math.max(shape.minProperties, shape.required.size) > shape.maxProperties) impossible.add("object");
  if ([...shape.required].some((name) => shape.forbidden.has(name))) impossible.add("object");
  if (shape.patterns.some((pattern) => shape.notPatterns.includes(pattern))) impossible.add("string");
  if (shape.formats.some((format) => shape.notFormats.includes(format))) impossible.add("string");
  if (shape.excluded.includes("null")) impossible.add("null");
  if (shape.excluded.includes("true") && shape.excluded.includes("false")) impossible.add("boolean");
  if (impossible.size > 0)
    restrictTypes(
      shape,
      [...shape.types].filter((type) => !impossible.has(type)),
    );
  return shape.types.size > 0;
}
