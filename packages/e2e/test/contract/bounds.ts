import { referenced, resolved, type Schema } from "./operations.ts";

/** A value that is just inside a bound, and one that is just outside. */
export interface Bound {
  /** Where the bound stands, from the parameter or the body down. */
  readonly place: string;
  readonly keyword: string;
  readonly inside: unknown;
  readonly outside: unknown;
}

/** Keywords that bound nothing, beside those that begin with `x-`. */
const ANNOTATIONS = ["title", "description", "examples", "default", "deprecated"];

/** Keywords that are walked. */
const WALKED = [
  ...["type", "enum", "pattern", "minLength", "maxLength", "minimum", "maximum"],
  ...["items", "minItems", "maxItems", "oneOf"],
  ...["properties", "required", "additionalProperties", "propertyNames", "maxProperties"],
];

/** openapi-types does not know `propertyNames`. */
type NamedSchema = Schema & { propertyNames?: Schema };

type Wrap = (value: unknown) => unknown;
type Walk = (schema: Schema, place: string, wrap: Wrap) => Generator<Bound>;

/**
 * Every bound of a schema, however deep. Each value is whole: what lies around the bound is an example of the contract.
 *
 * @param schema of a parameter or a body
 * @param place name of that parameter, or `body`
 * @throws {Error} at a keyword that is not walked here, so that no bound stays untested
 */
export function* boundsOf(schema: Schema, place: string, wrap: Wrap = (value) => value): Generator<Bound> {
  const found = withWalkedKeywords(schema, place);
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

/** What a schema or a reference says, once it is sure that all of it is walked. */
function withWalkedKeywords(schema: Schema, place: string): Schema {
  const isReference = "$ref" in schema;
  const known = [...ANNOTATIONS, ...(isReference ? ["$ref"] : WALKED)];
  const unknown = Object.keys(schema).filter((keyword) => !known.includes(keyword) && !keyword.startsWith("x-"));
  refuse(schema, unknown, isReference ? `${place}, beside a reference` : place);
  return isReference ? withWalkedKeywords(referenced(String(schema.$ref)), place) : schema;
}

/** @throws {Error} if the schema has one of these keywords, which would go untested */
function refuse(schema: Schema, keywords: readonly string[], where: string): void {
  const found = keywords.filter((keyword) => keyword in schema);
  if (found.length > 0) throw new Error(`Nothing tests ${found.join(", ")} of ${where}: bounds.ts has to walk it.`);
}

/** A value of each type. The number has a fraction, so that it is no integer. */
const samples = { string: "text", number: 1.5, boolean: true, array: [], object: {}, null: null };

/** Each type that is allowed and each that is not, in as few pairs as that takes. */
const ofType: Walk = function* (schema, place, wrap) {
  const types = typesOf(schema);
  const refused = Object.entries(samples).filter(([type]) => !types.includes(type));
  const pairs = types.length === 0 || refused.length === 0 ? 0 : Math.max(types.length, refused.length);
  for (let index = 0; index < pairs; index += 1) {
    const type = types[index % types.length] ?? "";
    const [other, outside] = refused[index % refused.length] ?? [];
    const inside = types.length === 1 && type !== "null" ? exampleOf(schema) : Reflect.get(samples, type);
    yield { place, keyword: `type ${type}, not ${other}`, inside: wrap(inside), outside: wrap(outside) };
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
  if (!("items" in schema)) return refuse(schema, ["minItems", "maxItems"], place);
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
  if (!typesOf(schema).includes("object")) {
    return refuse(schema, ["properties", "required", "additionalProperties", "propertyNames", "maxProperties"], place);
  }
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
  if (typeof additionalProperties !== "object") return refuse(schema, ["propertyNames", "maxProperties"], place);
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
