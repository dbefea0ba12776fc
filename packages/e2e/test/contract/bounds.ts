import { resolved, type Schema } from "./operations.ts";

/** A value that is just inside a bound, and one that is just outside. */
export interface Bound {
  /** Where the bound stands, from the parameter or the body down. */
  readonly place: string;
  readonly keyword: string;
  readonly inside: unknown;
  readonly outside: unknown;
}

/** openapi-types does not know `propertyNames`. */
type NamedSchema = Schema & { propertyNames?: Schema };

type Wrap = (value: unknown) => unknown;
type Walk = (schema: Schema, place: string, wrap: Wrap) => Generator<Bound>;

/**
 * Every bound of a schema, however deep. Each value is whole: what lies around the bound is an example of the contract.
 *
 * @param schema of a parameter or a body
 * @param place name of that parameter, or `body`
 */
export function* boundsOf(schema: Schema, place: string, wrap: Wrap = (value) => value): Generator<Bound> {
  const found = resolved<Schema>(schema);
  for (const walk of [ofType, ofString, ofNumber, ofArray, ofObject, ofAlternatives]) {
    for (const bound of walk(found, place, wrap)) yield bound;
  }
}

/** An example of a schema, which the contract's own tests hold to it. */
export function exampleOf(schema: Schema): unknown {
  const found = resolved<Schema>(schema);
  const [example] = found.examples ?? [];
  if (example === undefined) throw new Error(`The schema ${found.title ?? JSON.stringify(found)} has no example.`);
  return example;
}

/** A value of each type. */
const samples = { string: "text", number: 1.5, boolean: true, array: [], object: {}, null: null };

const ofType: Walk = function* (schema, place, wrap) {
  const types = typesOf(schema);
  const outside = Object.entries(samples).find(([type]) => !types.includes(type));
  if (types.length === 0 || outside === undefined) return;
  for (const type of types) {
    const inside = types.length === 1 && type !== "null" ? exampleOf(schema) : Reflect.get(samples, type);
    yield { place, keyword: `type ${type}`, inside: wrap(inside), outside: wrap(outside[1]) };
  }
  if (types.includes("integer")) {
    yield { place, keyword: "type integer, no fraction", inside: wrap(exampleOf(schema)), outside: wrap(1.5) };
  }
};

const ofString: Walk = function* (schema, place, wrap) {
  const { pattern, minLength, maxLength, enum: values } = schema;
  const outside = (text: string) => {
    const near = [text.slice(0, -1), `${text}!`, `!${text}`];
    return near.find((each) => !new RegExp(pattern ?? "", "u").test(each));
  };
  if (pattern !== undefined) {
    const example = String(exampleOf(schema));
    yield { place, keyword: "pattern", inside: wrap(example), outside: wrap(outside(example)) };
  }
  if (minLength !== undefined) {
    yield {
      place,
      keyword: "minLength",
      inside: wrap("a".repeat(minLength)),
      outside: wrap("a".repeat(minLength - 1)),
    };
  }
  if (maxLength !== undefined) {
    yield {
      place,
      keyword: "maxLength",
      inside: wrap("a".repeat(maxLength)),
      outside: wrap("a".repeat(maxLength + 1)),
    };
  }
  for (const value of values ?? []) {
    yield { place, keyword: `enum ${value}`, inside: wrap(value), outside: wrap(`${value}_`) };
  }
};

const ofNumber: Walk = function* ({ minimum, maximum }, place, wrap) {
  if (minimum !== undefined) yield { place, keyword: "minimum", inside: wrap(minimum), outside: wrap(minimum - 1) };
  if (maximum !== undefined) yield { place, keyword: "maximum", inside: wrap(maximum), outside: wrap(maximum + 1) };
};

const ofArray: Walk = function* (schema, place, wrap) {
  if (!("items" in schema)) return;
  const { minItems, maxItems, items } = schema;
  const item = exampleOf(items);
  const many = (length: number) => wrap(Array.from({ length }, () => item));
  if (minItems !== undefined) {
    yield { place, keyword: "minItems", inside: many(minItems), outside: many(minItems - 1) };
  }
  if (maxItems !== undefined) {
    yield { place, keyword: "maxItems", inside: many(maxItems), outside: many(maxItems + 1) };
  }
  const rest = Array.from({ length: Math.max(0, (minItems ?? 0) - 1) }, () => item);
  yield* boundsOf(items, `${place}/*`, (value) => wrap([value, ...rest]));
};

const ofObject: Walk = function* (schema, place, wrap) {
  if (!typesOf(schema).includes("object")) return;
  const { properties = {}, required = [], additionalProperties, maxProperties, propertyNames } = schema as NamedSchema;
  const example = Object(exampleOf(schema)) as Record<string, unknown>;
  for (const name of required) {
    const { [name]: _, ...without } = example;
    yield { place: `${place}/${name}`, keyword: "required", inside: wrap(example), outside: wrap(without) };
  }
  for (const [name, property] of Object.entries(properties)) {
    yield* boundsOf(property, `${place}/${name}`, (value) => wrap({ ...example, [name]: value }));
  }
  if (additionalProperties === false) {
    const extra = { ...example, unknownProperty: 1 };
    yield { place, keyword: "additionalProperties", inside: wrap(example), outside: wrap(extra) };
  }
  if (typeof additionalProperties !== "object") return;
  const member = exampleOf(additionalProperties);
  const keyed = (length: number) =>
    wrap(Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, member])));
  if (maxProperties !== undefined) {
    yield { place, keyword: "maxProperties", inside: keyed(maxProperties), outside: keyed(maxProperties + 1) };
  }
  if (propertyNames !== undefined) {
    for (const bound of boundsOf(propertyNames, `${place}/propertyNames`)) {
      if (bound.keyword.startsWith("type")) continue;
      const named = (key: unknown) => wrap({ [String(key)]: member });
      yield { ...bound, inside: named(bound.inside), outside: named(bound.outside) };
    }
  }
  yield* boundsOf(additionalProperties, `${place}/*`, (value) => wrap({ key: value }));
};

/** What one alternative refuses another may take, so the types are those of all of them. */
const ofAlternatives: Walk = function* ({ oneOf = [] }, place, wrap) {
  const type = oneOf.flatMap((alternative) => typesOf(resolved<Schema>(alternative)));
  yield* ofType({ type } as Schema, place, wrap);
  for (const alternative of oneOf) {
    for (const bound of boundsOf(alternative, place, wrap)) {
      if (bound.place !== place || !bound.keyword.startsWith("type")) yield bound;
    }
  }
};

function typesOf({ type }: Schema): string[] {
  return type === undefined ? [] : [type].flat();
}
