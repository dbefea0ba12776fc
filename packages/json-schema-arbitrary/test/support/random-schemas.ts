import fc from "fast-check";
import type { JsonSchema } from "../../src/index.ts";

const names = ["a", "b", "ab", "kind"];
const values = fc.constantFrom(
  null,
  true,
  0,
  1,
  2,
  5,
  -1,
  1.5,
  "a",
  "ab",
  "abc",
  "",
  "1",
  [],
  [1],
  ["a"],
  {},
  { a: 1 },
);
const leaves = fc.constantFrom<JsonSchema>(
  true,
  false,
  {},
  { type: "string" },
  { type: "null" },
  { const: 1 },
  { enum: ["a", "b"] },
);

/** Small schemas that combine keywords without regard for their sense. About a third of them are unsatisfiable. */
export const randomSchemas: fc.Arbitrary<JsonSchema> = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const schema = tie("schema");
  const list = fc.array(schema, { minLength: 1, maxLength: 2 });
  const count = (max: number) => fc.integer({ min: 0, max });
  const groups: Readonly<Record<string, Keywords>> = {
    number: {
      minimum: fc.integer({ min: -3, max: 5 }),
      maximum: count(10),
      exclusiveMinimum: fc.integer({ min: -3, max: 3 }),
      multipleOf: fc.constantFrom(1, 2, 3, 0.5, 0.01),
    },
    string: {
      minLength: count(4),
      maxLength: count(6),
      pattern: fc.constantFrom("^a", "b$", "^[ab]*$", "\\d", "^.{2}$", "^(?!a)"),
      format: fc.constantFrom("date", "uuid", "email", "ipv4"),
    },
    array: {
      ...{ items: schema, prefixItems: list, contains: schema, unevaluatedItems: schema },
      ...{ minItems: count(3), maxItems: count(4), minContains: count(2), maxContains: count(3) },
      uniqueItems: fc.boolean(),
    },
    object: {
      properties: fc.dictionary(fc.constantFrom(...names), schema, { maxKeys: 3 }),
      required: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
      patternProperties: fc.dictionary(fc.constantFrom("^a", "b$", "k"), schema, { maxKeys: 2 }),
      ...{
        additionalProperties: schema,
        unevaluatedProperties: schema,
        minProperties: count(3),
        maxProperties: count(4),
      },
      propertyNames: fc.constantFrom({ maxLength: 2 }, { pattern: "^[a-k]" }, { enum: ["a", "b", "kind"] }),
      dependentRequired: fc.constantFrom({ a: ["b"] }, { b: ["a", "kind"] }),
      dependentSchemas: fc.dictionary(fc.constant("a"), schema, { maxKeys: 1 }),
    },
    logic: { allOf: list, anyOf: list, oneOf: list, not: schema, if: schema, else: schema },
    values: {
      enum: fc.uniqueArray(values, { minLength: 1, maxLength: 4, selector: (value) => JSON.stringify(value) }),
      const: values,
    },
  };
  const some = (name: string) => someKeywords(groups[name] ?? {});
  const typed = ["number", "string", "array", "object"].map((type) =>
    some(type).map((keywords) => ({ type, ...keywords })),
  );
  const mixed = fc
    .tuple(
      some("number"),
      some("string"),
      some("array"),
      some("object"),
      some("logic"),
      fc.option(some("values"), { freq: 1 }),
    )
    .map((parts) => Object.assign({}, ...parts));
  return {
    schema: fc.oneof({ maxDepth: 3, depthIdentifier: "schema" }, leaves, ...typed, ...typed, some("logic"), mixed),
  };
}).schema;

type Keywords = Readonly<Record<string, fc.Arbitrary<unknown>>>;

function someKeywords(keywords: Keywords): fc.Arbitrary<{ [keyword: string]: unknown }> {
  return fc
    .subarray(Object.keys(keywords), { minLength: 1, maxLength: Math.min(3, Object.keys(keywords).length) })
    .chain((chosen) =>
      fc.record(Object.fromEntries(chosen.map((keyword) => [keyword, keywords[keyword] ?? fc.constant(true)]))),
    );
}
