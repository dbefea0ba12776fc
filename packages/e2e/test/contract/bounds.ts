import { dereference, nodeAt, type Schema } from "./operations.ts";

/** A bound of a schema, with a value just inside it and a value just outside it. */
export interface Bound {
  /** Path of the bounded value, starting with the name of the parameter or `body`. */
  readonly location: string;
  readonly keyword: string;
  readonly inside: unknown;
  readonly outside: unknown;
}

/** Keywords that are not bounds. Keywords that begin with `x-` are not bounds either. */
const ANNOTATIONS = ["title", "description", "examples", "default", "deprecated"];

/** Keywords that this file supports. */
const SUPPORTED = [
  ...["type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"],
  ...["items", "minItems", "maxItems", "oneOf"],
  ...["properties", "required", "additionalProperties", "propertyNames", "maxProperties"],
];

/** The type of openapi-types lacks `propertyNames`. */
type NamedSchema = Schema & { propertyNames?: Schema };

/** Returns a complete parameter or body that contains the value. */
type Wrap = (value: unknown) => unknown;
type Walk = (schema: Schema, location: string, wrap: Wrap) => Generator<Bound>;

/**
 * Finds all bounds of a schema, including those of nested schemas. Each value is complete: examples of the contract provide
 * the rest of the parameter or body.
 *
 * @param schema schema of a parameter or a body
 * @param location name of the parameter, or `body`
 * @throws {Error} if a schema has an unsupported keyword, which would otherwise remain untested
 */
export function* boundsOf(schema: Schema, location: string, wrap: Wrap = (value) => value): Generator<Bound> {
  const found = withSupportedKeywords(schema, location);
  for (const walk of [ofType, ofString, ofNumber, ofArray, ofObject, ofAlternatives]) {
    for (const bound of walk(found, location, wrap)) yield bound;
  }
}

/** Returns the example of a schema. The tests of the contract validate it. */
export function exampleOf(schema: Schema): unknown {
  const found = dereference<Schema>(schema);
  const [example] = found.examples ?? [];
  if (example === undefined) throw new Error(`The schema ${found.title ?? JSON.stringify(found)} has no example.`);
  return example;
}

/** Dereferences a schema, and rejects unsupported keywords. */
function withSupportedKeywords(schema: Schema, location: string): Schema {
  const isReference = "$ref" in schema;
  const known = [...ANNOTATIONS, ...(isReference ? ["$ref"] : SUPPORTED)];
  const unknown = Object.keys(schema).filter((keyword) => !known.includes(keyword) && !keyword.startsWith("x-"));
  assertAbsent(schema, unknown, isReference ? `${location}, next to a reference` : location);
  return isReference ? withSupportedKeywords(nodeAt(String(schema.$ref)), location) : schema;
}

/** @throws {Error} if the schema has one of the keywords, which would remain untested */
function assertAbsent(schema: Schema, keywords: readonly string[], location: string): void {
  const found = keywords.filter((keyword) => keyword in schema);
  if (found.length > 0)
    throw new Error(`No test covers ${found.join(", ")} of ${location}. Add support for it to bounds.ts.`);
}

/** A value of each type. The number is not an integer. */
const samples = { string: "text", number: 1.5, boolean: true, array: [], object: {}, null: null };

/** Pairs allowed types with types that are not allowed. Every type occurs in at least one pair. */
const ofType: Walk = function* (schema, location, wrap) {
  const types = typesOf(schema);
  const forbidden = Object.entries(samples).filter(([type]) => !types.includes(type));
  const pairs = types.length === 0 || forbidden.length === 0 ? 0 : Math.max(types.length, forbidden.length);
  for (let index = 0; index < pairs; index += 1) {
    const type = types[index % types.length] ?? "";
    const [other, outside] = forbidden[index % forbidden.length] ?? [];
    const inside = types.length === 1 && type !== "null" ? exampleOf(schema) : Reflect.get(samples, type);
    yield { location, keyword: `type ${type}, not ${other}`, inside: wrap(inside), outside: wrap(outside) };
  }
};

const ofString: Walk = function* (schema, location, wrap) {
  const { pattern, minLength, maxLength, enum: values } = schema;
  const outside = (text: string) => {
    const candidates = [text.slice(0, -1), `${text}!`, `!${text}`];
    return candidates.find((each) => !new RegExp(pattern ?? "", "u").test(each));
  };
  if (pattern !== undefined) {
    const example = String(exampleOf(schema));
    yield { location, keyword: "pattern", inside: wrap(example), outside: wrap(outside(example)) };
  }
  if (minLength !== undefined) {
    yield {
      location,
      keyword: "minLength",
      inside: wrap("a".repeat(minLength)),
      outside: wrap("a".repeat(minLength - 1)),
    };
  }
  if (maxLength !== undefined) {
    yield {
      location,
      keyword: "maxLength",
      inside: wrap("a".repeat(maxLength)),
      outside: wrap("a".repeat(maxLength + 1)),
    };
  }
  for (const value of values ?? []) {
    yield { location, keyword: `enum ${value}`, inside: wrap(value), outside: wrap(`${value}_`) };
  }
};

const ofNumber: Walk = function* ({ minimum, maximum }, location, wrap) {
  if (minimum !== undefined) yield { location, keyword: "minimum", inside: wrap(minimum), outside: wrap(minimum - 1) };
  if (maximum !== undefined) yield { location, keyword: "maximum", inside: wrap(maximum), outside: wrap(maximum + 1) };
};

const ofArray: Walk = function* (schema, location, wrap) {
  if (!("items" in schema)) return assertAbsent(schema, ["minItems", "maxItems"], location);
  const { minItems, maxItems, items } = schema;
  const item = exampleOf(items);
  const many = (length: number) => wrap(Array.from({ length }, () => item));
  if (minItems !== undefined) {
    yield { location, keyword: "minItems", inside: many(minItems), outside: many(minItems - 1) };
  }
  if (maxItems !== undefined) {
    yield { location, keyword: "maxItems", inside: many(maxItems), outside: many(maxItems + 1) };
  }
  const rest = Array.from({ length: Math.max(0, (minItems ?? 0) - 1) }, () => item);
  yield* boundsOf(items, `${location}/*`, (value) => wrap([value, ...rest]));
};

const ofObject: Walk = function* (schema, location, wrap) {
  if (!typesOf(schema).includes("object")) {
    return assertAbsent(
      schema,
      ["properties", "required", "additionalProperties", "propertyNames", "maxProperties"],
      location,
    );
  }
  const { properties = {}, required = [], additionalProperties, maxProperties, propertyNames } = schema as NamedSchema;
  const example = Object(exampleOf(schema)) as Record<string, unknown>;
  for (const name of required) {
    const { [name]: _, ...without } = example;
    yield { location: `${location}/${name}`, keyword: "required", inside: wrap(example), outside: wrap(without) };
  }
  for (const [name, property] of Object.entries(properties)) {
    yield* boundsOf(property, `${location}/${name}`, (value) => wrap({ ...example, [name]: value }));
  }
  if (additionalProperties === false) {
    const extra = { ...example, unknownProperty: 1 };
    yield { location, keyword: "additionalProperties", inside: wrap(example), outside: wrap(extra) };
  }
  if (typeof additionalProperties !== "object")
    return assertAbsent(schema, ["propertyNames", "maxProperties"], location);
  const member = exampleOf(additionalProperties);
  const keyed = (length: number) =>
    wrap(Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, member])));
  if (maxProperties !== undefined) {
    yield { location, keyword: "maxProperties", inside: keyed(maxProperties), outside: keyed(maxProperties + 1) };
  }
  if (propertyNames !== undefined) {
    for (const bound of boundsOf(propertyNames, `${location}/propertyNames`)) {
      if (bound.keyword.startsWith("type")) continue;
      const named = (key: unknown) => wrap({ [String(key)]: member });
      yield { ...bound, inside: named(bound.inside), outside: named(bound.outside) };
    }
  }
  yield* boundsOf(additionalProperties, `${location}/*`, (value) => wrap({ key: value }));
};

/** One alternative may allow a type that another does not, so the allowed types are those of all alternatives. */
const ofAlternatives: Walk = function* ({ oneOf = [] }, location, wrap) {
  const type = oneOf.flatMap((alternative) => typesOf(dereference<Schema>(alternative)));
  yield* ofType({ type } as Schema, location, wrap);
  for (const alternative of oneOf) {
    for (const bound of boundsOf(alternative, location, wrap)) {
      if (bound.location !== location || !bound.keyword.startsWith("type")) yield bound;
    }
  }
};

function typesOf({ type }: Schema): string[] {
  return type === undefined ? [] : [type].flat();
}
