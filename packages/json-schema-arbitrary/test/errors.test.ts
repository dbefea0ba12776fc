import { describe, expect, it } from "vitest";
import { boundaryValues, invalidArbitrary, type JsonSchema, SchemaError, schemaArbitrary } from "../src/index.ts";

/** Returns the error that the schema causes. */
function errorOf(schema: JsonSchema): SchemaError {
  try {
    schemaArbitrary(schema);
  } catch (error) {
    if (error instanceof SchemaError) return error;
    throw error;
  }
  throw new Error("The schema was accepted.");
}

describe("what is not supported", () => {
  it.each([
    [
      "$dynamicRef",
      { properties: { a: { $dynamicRef: "#x" } } },
      "unsupported-keyword",
      "$dynamicRef",
      "/properties/a",
    ],
    ["contentSchema", { contentSchema: {} }, "unsupported-keyword", "contentSchema", ""],
    ["a keyword of an older draft", { items: { dependencies: {} } }, "unsupported-keyword", "dependencies", "/items"],
    ["a keyword of OpenAPI 3.0", { type: "string", nullable: true }, "unsupported-keyword", "nullable", ""],
    ["an unknown keyword", { $defs: {}, anyOf: [{ lenght: 3 }] }, "unsupported-keyword", "lenght", "/anyOf/0"],
    ["an unknown format", { format: "iri" }, "unsupported-format", "format", ""],
    ["a backreference", { pattern: "^(a|b)\\1$" }, "unsupported-pattern", "pattern", ""],
    ["a word boundary", { pattern: "\\ba" }, "unsupported-pattern", "pattern", ""],
    ["lookbehind", { patternProperties: { "(?<=a)b": {} } }, "unsupported-pattern", "pattern", ""],
    ["an invalid pattern", { items: { pattern: "(" } }, "unsupported-pattern", "pattern", "/items"],
    ["a pattern that needs the flag v", { pattern: "[[a-z]--[b]]" }, "unsupported-pattern", "pattern", ""],
    ["a broken reference", { allOf: [{ $ref: "#/$defs/x" }] }, "unresolved-reference", "$ref", "/allOf/0"],
    ["a reference to another document", { $ref: "https://example.com/a" }, "unresolved-reference", "$ref", ""],
    ["a schema that is its own branch", { anyOf: [{ $ref: "#" }, { type: "null" }] }, "endless-reference", "$ref", ""],
    ["a bound that is not a number", { minLength: "3" }, "invalid-schema", "minLength", ""],
    ["an unknown type", { type: "text" }, "invalid-schema", "type", ""],
  ])("names %s", (_, schema, code, keyword, pointer) => {
    expect(errorOf(schema)).toMatchObject({ name: "SchemaError", code, keyword, pointer });
  });

  it("is rejected for invalid values and boundary values, too", () => {
    expect(() => invalidArbitrary({ $dynamicRef: "#" })).toThrow(SchemaError);
    expect(() => [...boundaryValues({ $dynamicRef: "#" })]).toThrow(SchemaError);
  });

  it("is rejected even in a schema that is only referred to", () => {
    const root = { $defs: { a: { format: "iri" } }, $ref: "#/$defs/a" };
    expect(errorOf(root)).toMatchObject({ code: "unsupported-format", pointer: "/$defs/a" });
  });

  it("can be declared an annotation", () => {
    expect(schemaArbitrary({ type: "null", "my-keyword": 1 }, { annotations: ["my-keyword"] })).toBeDefined();
  });
});

describe("an unsatisfiable schema", () => {
  it.each<[string, JsonSchema]>([
    ["false", false],
    ["a const of another type", { type: "string", const: 1 }],
    ["crossed bounds", { type: "integer", minimum: 5, maximum: 4 }],
    ["no integer between the bounds", { type: "integer", exclusiveMinimum: 1, exclusiveMaximum: 2 }],
    ["no multiple between the bounds", { type: "number", multipleOf: 10, minimum: 1, maximum: 9 }],
    ["disjoint patterns", { type: "string", allOf: [{ pattern: "^a" }, { pattern: "^b" }] }],
    ["a pattern that is too short", { type: "string", pattern: "^a{3}$", minLength: 4 }],
    ["a format that is too long", { type: "string", format: "uuid", maxLength: 10 }],
    ["disjoint enums", { allOf: [{ enum: [1, 2] }, { enum: [3] }] }],
    ["an enum whose members are all excluded", { enum: ["a"], not: { pattern: "a" } }],
    ["impossible branches", { anyOf: [false, { allOf: [{ type: "string" }, { type: "null" }] }] }],
    ["two equal branches of oneOf", { oneOf: [{ type: "string" }, { type: "string" }] }],
    ["a required property that must not exist", { type: "object", required: ["a"], properties: { a: false } }],
    ["a required property that is not allowed", { type: "object", required: ["a"], additionalProperties: false }],
    [
      "too few possible properties",
      { type: "object", properties: { a: {} }, additionalProperties: false, minProperties: 2 },
    ],
    ["too few possible names", { type: "object", propertyNames: { pattern: "^[ab]$" }, minProperties: 3 }],
    ["too few distinct items", { type: "array", items: { type: "boolean" }, uniqueItems: true, minItems: 3 }],
    ["a tuple that is too short", { type: "array", prefixItems: [{}], items: false, minItems: 2 }],
    ["contains of what no item is", { type: "array", items: { type: "string" }, contains: { type: "integer" } }],
    ["crossed bounds of contains", { type: "array", contains: {}, minContains: 2, maxContains: 1 }],
    ["endless nesting", { type: "object", required: ["next"], properties: { next: { $ref: "#" } } }],
    ["a string that is too long to be generated", { type: "string", minLength: 1e9 }],
  ])("is reported: %s", (_, schema) => {
    expect(errorOf(schema)).toMatchObject({ code: "unsatisfiable" });
  });

  it("has invalid values and boundary values", () => {
    expect(invalidArbitrary({ type: "string", const: 1 })).toBeDefined();
    expect([...boundaryValues(false)].every(({ valid }) => !valid)).toBe(true);
  });
});

describe("a schema that accepts every value", () => {
  it.each<JsonSchema>([true, {}, { title: "any" }, { not: false }])("has no invalid values: %j", (schema) => {
    expect(() => invalidArbitrary(schema)).toThrow(expect.objectContaining({ code: "no-invalid-value" }));
  });
});
