// biome-ignore-all lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
import type { JsonSchema } from "../../src/index.ts";

/** Combinations of keywords that are easy to get wrong. */
export const hardSchemas: Readonly<Record<string, JsonSchema>> = {
  "a thousand distinct integers": { type: "array", items: { type: "integer" }, uniqueItems: true, minItems: 1000 },
  "distinct objects of a small domain": {
    type: "array",
    items: {
      type: "object",
      properties: { id: { type: "integer", minimum: 1, maximum: 9 } },
      required: ["id"],
      additionalProperties: false,
    },
    uniqueItems: true,
    minItems: 5,
  },
  "five hundred properties": { type: "object", minProperties: 500, additionalProperties: { type: "null" } },
  "no property names": { propertyNames: false, type: "object" },
  "propertyNames and overlapping patternProperties": {
    type: "object",
    propertyNames: { pattern: "^x-", maxLength: 5 },
    patternProperties: { "^x-a": { type: "integer" } },
    additionalProperties: { type: "string" },
    minProperties: 4,
  },
  "date-time of a fixed length": { type: "string", format: "date-time", minLength: 25, maxLength: 25 },
  "leap seconds": { type: "string", format: "date-time", pattern: ":60" },
  "email of a domain": { type: "string", format: "email", pattern: "@example\\.com$", maxLength: 20 },
  "multiples of a decimal": { type: "number", multipleOf: 0.1, minimum: 0.25, maximum: 0.75 },
  "integers that are multiples of a decimal": { type: "integer", multipleOf: 0.3, minimum: 1 },
  "integers beyond 2^53": { type: "integer", minimum: 1e18, maximum: 2e18 },
  "multiples of a large prime": { type: "integer", multipleOf: 1000000007, minimum: 1e15 },
  "numbers near the smallest": { type: "number", exclusiveMaximum: -1e300 },
  "numbers near zero": { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 5e-324 * 3 },
  "__proto__ in a closed object": JSON.parse(
    '{"type":"object","properties":{"__proto__":{"type":"integer"},"a":{}},"additionalProperties":false}',
  ),
  "required names of inherited properties": JSON.parse(
    '{"type":"object","required":["__proto__","constructor"],"additionalProperties":{"type":"integer"}}',
  ),
  "if that requires a property in a closed object": {
    type: "object",
    properties: { a: { type: "boolean" }, b: { type: "string" } },
    if: { properties: { a: { const: true } }, required: ["a"] },
    then: { required: ["b"] },
    additionalProperties: false,
  },
  "dependentRequired in a closed object": {
    type: "object",
    properties: { a: {}, b: {} },
    additionalProperties: false,
    dependentRequired: { a: ["b"] },
    minProperties: 1,
  },
  "dependentRequired that cannot be met": {
    type: "object",
    properties: { a: {}, b: {} },
    additionalProperties: false,
    dependentRequired: { a: ["zzz"] },
  },
  "oneOf of three sets of multiples": {
    oneOf: [
      { type: "integer", multipleOf: 2 },
      { type: "integer", multipleOf: 3 },
      { type: "integer", multipleOf: 5 },
    ],
  },
  "anyOf with unevaluatedProperties of a type": {
    type: "object",
    properties: { t: { type: "string" } },
    anyOf: [
      { properties: { t: { const: "a" } }, required: ["t", "x"] },
      { properties: { t: { const: "b" } }, required: ["t"], maxProperties: 1 },
    ],
    unevaluatedProperties: { type: "integer" },
  },
  "recursion with unevaluatedProperties": {
    $ref: "#/$defs/t",
    unevaluatedProperties: false,
    $defs: {
      t: {
        type: "object",
        properties: { v: { type: "integer" }, c: { type: "array", items: { $ref: "#" } } },
        required: ["v"],
      },
    },
  },
  "characters outside of the BMP by property": {
    type: "string",
    minLength: 2,
    maxLength: 2,
    pattern: "^\\p{Emoji_Presentation}+$",
  },
  "a pattern and not another one": { type: "string", pattern: "^[^a-z]{3,}$", not: { pattern: "^\\d+$" } },
  "four patterns with lengths": {
    type: "string",
    allOf: [{ pattern: "[A-Z]" }, { pattern: "[a-z]" }, { pattern: "\\d" }, { pattern: "[!@#]" }],
    minLength: 8,
    maxLength: 12,
  },
  "a tuple with more items": {
    type: "array",
    prefixItems: [{ type: "string" }, { type: "integer" }],
    minItems: 4,
    items: { type: "boolean" },
  },
  "maxContains with uniqueItems": {
    type: "array",
    contains: { type: "integer" },
    maxContains: 2,
    minItems: 5,
    uniqueItems: true,
  },
  "contains in a permutation": {
    type: "array",
    items: { enum: [1, 2, 3] },
    contains: { const: 1 },
    maxContains: 1,
    uniqueItems: true,
    minItems: 3,
  },
  "nested not": {
    type: "object",
    not: { properties: { a: { not: { properties: { b: { type: "string" } }, required: ["b"] } } }, required: ["a"] },
  },
  "a binary tree that ends with null": {
    $ref: "#/$defs/n",
    $defs: {
      n: {
        type: ["object", "null"],
        required: ["l", "r"],
        properties: { l: { $ref: "#/$defs/n" }, r: { $ref: "#/$defs/n" } },
      },
    },
  },
  "arrays of arrays": { type: "array", items: { $ref: "#" }, minItems: 0, maxItems: 3 },
  "recursion through an array in a closed object": {
    type: "object",
    properties: { kids: { type: "array", items: { $ref: "#" }, minItems: 0 }, v: { type: "string" } },
    required: ["kids", "v"],
    unevaluatedProperties: false,
  },
  "an enum of all types without some": {
    enum: ["a", 1, { a: 1 }, [1], null, true],
    not: { type: ["object", "array"] },
  },
  "a property with an empty name": { type: "object", required: [""], properties: { "": { type: "integer" } } },
  "references through names with slashes": {
    type: "object",
    properties: { "a/b": { $ref: "#/properties/c~1d" }, "c/d": { type: "integer" } },
    required: ["a/b"],
  },
  "a long text of a pattern": {
    type: "string",
    pattern: "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    minLength: 100,
  },
  "the pattern of semantic versions": {
    type: "string",
    pattern:
      "^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$",
  },
  "a format of numbers on several types": { type: ["integer", "string"], format: "int32" },
  "anyOf of formats": {
    anyOf: [
      { type: "string", format: "ipv4" },
      { type: "string", format: "ipv6" },
    ],
  },
  "oneOf of formats": { type: "string", oneOf: [{ format: "ipv4" }, { format: "hostname" }] },
  "a chain of dependentSchemas": {
    type: "object",
    dependentSchemas: { a: { properties: { b: { type: "integer" } }, required: ["b"] }, b: { required: ["c"] } },
    properties: { a: { type: "string" } },
  },
  "exactly two properties": {
    type: "object",
    properties: { a: {}, b: {}, c: {} },
    minProperties: 2,
    maxProperties: 2,
    additionalProperties: { type: "integer" },
  },
  "required properties of patternProperties, and not another one": {
    type: "object",
    patternProperties: { "^p": { type: "integer" } },
    required: ["p1", "q"],
    not: { required: ["z"] },
  },
};
