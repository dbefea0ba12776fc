import type { Bump } from "../rating/reported-change.ts";

type Bumps = readonly [there: Bump, back: Bump];

/**
 * A change of a schema, made once in a schema that is only sent and once in one that is only read, and each of them also in
 * reverse.
 *
 * `narrower`: the new schema allows fewer values. In a request, some that were valid are rejected, so callers break. In a
 * response, consumers get fewer values than they handle, so nobody breaks. The reverse change does the reverse.
 *
 * `unrelated`: the new schema allows some values that the old one does not, and the other way round. Both sides break.
 */
export type KeywordRow = readonly [
  title: string,
  property: string,
  keywords: Record<string, unknown>,
  expected: "narrower" | "unrelated" | { request: Bumps; response: Bumps; why: string },
];

const same = (bump: Bump, why: string) => ({ request: [bump, bump], response: [bump, bump], why }) as const;

export const REMOVED = Symbol("removed");

export const schemaKeywords: readonly KeywordRow[] = [
  ["a lower maximum", "count", { maximum: 500 }, "narrower"],
  ["a higher minimum", "count", { minimum: 10 }, "narrower"],
  ["a maximum that is added", "sizes/items", { maximum: 10 }, "narrower"],
  ["a minimum that is added", "sizes/items", { minimum: 0 }, "narrower"],
  ["a lower exclusive maximum", "price", { exclusiveMaximum: 50 }, "narrower"],
  ["a higher exclusive minimum", "price", { exclusiveMinimum: 1 }, "narrower"],
  ["an exclusive bound instead of an inclusive one", "count", { maximum: REMOVED, exclusiveMaximum: 1000 }, "narrower"],
  ["a stricter multiple", "count", { multipleOf: 4 }, "narrower"],
  ["another multiple", "count", { multipleOf: 3 }, "unrelated"],
  ["a multiple that is added", "price", { multipleOf: 0.5 }, "narrower"],
  ["a shorter string", "name", { maxLength: 64 }, "narrower"],
  ["a longer minimum of a string", "name", { minLength: 5 }, "narrower"],
  ["a bound of a string that is added", "secret", { maxLength: 10 }, "narrower"],
  ["a pattern with fewer matches", "name", { pattern: "^[a-f]+$" }, "narrower"],
  ["a pattern with one alternative less", "name", { pattern: "^[a-z]{3}$" }, "narrower"],
  ["a pattern with other matches", "name", { pattern: "^[A-Z]+$" }, "unrelated"],
  ["a pattern with the same matches", "name", { pattern: "^[a-z][a-z]*$" }, same("patch", "The same strings match.")],
  ["a pattern that is added", "secret", { pattern: "^x" }, "narrower"],
  ["another format", "name", { format: "date-time" }, "unrelated"],
  [
    "a wider format",
    "price",
    { format: "double" },
    { request: ["minor", "major"], response: ["major", "minor"], why: "Every float is a double." },
  ],
  ["a format that is added", "secret", { format: "uuid" }, "narrower"],
  ["an enum that loses a value", "kind", { enum: ["FOOD"] }, "narrower"],
  ["an enum with another value", "kind", { enum: ["FOOD", "TOY"] }, "unrelated"],
  ["an enum that is added", "secret", { enum: ["A", "B"] }, "narrower"],
  ["an enum in another order", "kind", { enum: ["TOOL", "FOOD"] }, same("patch", "An enum is a set.")],
  [
    "an open enum that loses a value",
    "state",
    { enum: ["NEW"] },
    { request: ["major", "minor"], response: ["minor", "minor"], why: "Consumers expect new values of an open enum." },
  ],
  [
    "an enum that becomes open",
    "kind",
    { "x-extensible-enum": true },
    { request: ["minor", "minor"], response: ["major", "minor"], why: "A switch without a default branch breaks." },
  ],
  ["a const with another value", "fixed", { const: 2 }, "unrelated"],
  ["a const that is added", "secret", { const: "x" }, "narrower"],
  ["an enum instead of a const", "fixed", { const: REMOVED, enum: [1] }, same("patch", "Both allow one value.")],
  ["a type that is no longer nullable", "note", { type: "string" }, "narrower"],
  ["an integer instead of a number", "price", { type: "integer", exclusiveMinimum: 0 }, "narrower"],
  ["another type", "secret", { type: "boolean" }, "unrelated"],
  ["a type that is added", "anything", { type: "string" }, "narrower"],
  ["a type in a list", "secret", { type: ["string"] }, same("patch", "The same type.")],
  ["types in another order", "note", { type: ["null", "string"] }, same("patch", "A list of types is a set.")],
  ["fewer items", "sizes", { maxItems: 5 }, "narrower"],
  ["more items at least", "sizes", { minItems: 2 }, "narrower"],
  ["items that may no longer repeat", "pair", { uniqueItems: true }, "narrower"],
  ["items of another type", "sizes/items", { type: "string" }, "unrelated"],
  ["items that are described", "pair", { items: { type: "string" } }, "narrower"],
  ["items that are forbidden", "pair", { items: false }, "narrower"],
  [
    "a described position of an array",
    "pair",
    { prefixItems: [{ type: "string" }, { type: "number" }, { type: "null" }] },
    "narrower",
  ],
  ["positions of an array that are described", "sizes", { prefixItems: [{ maximum: 1 }] }, "narrower"],
  ["an item that must be contained", "sizes", { contains: { const: 1 } }, "narrower"],
  ["fewer properties of a map", "attributes", { maxProperties: 10 }, "narrower"],
  ["more properties of a map at least", "attributes", { minProperties: 2 }, "narrower"],
  ["shorter names of a map", "attributes/propertyNames", { maxLength: 32 }, "narrower"],
  ["names of a map that are restricted", "free", { propertyNames: { maxLength: 10 } }, "narrower"],
  ["values of a map that are shorter", "attributes/additionalProperties", { maxLength: 10 }, "narrower"],
  ["a map without other names", "attributes", { additionalProperties: false }, "narrower"],
  ["an object without other properties", "free", { additionalProperties: false }, "narrower"],
  ["an object whose other properties are described", "free", { additionalProperties: { type: "string" } }, "narrower"],
  [
    "an object that allows others in writing",
    "free",
    { additionalProperties: true },
    same("patch", "The default, written out."),
  ],
  ["an object without unevaluated properties", "both", { unevaluatedProperties: false }, "narrower"],
  ["properties by pattern", "free", { patternProperties: { "^x-": { type: "string" } } }, "narrower"],
  [
    "another pattern of properties",
    "attributes",
    { patternProperties: { "^x-": { type: "string" }, "^y-": { type: "string" } } },
    "narrower",
  ],
  [
    "a pattern of properties that is replaced",
    "attributes",
    { patternProperties: { "^y-": { type: "string" } } },
    "unrelated",
  ],
  ["a property that requires another one", "free", { dependentRequired: { color: ["size"] } }, "narrower"],
  ["a property that requires a schema", "free", { dependentSchemas: { color: { minProperties: 2 } } }, "narrower"],
  ["a variant less", "choice", { oneOf: [{ type: "string" }] }, "narrower"],
  [
    "a variant more",
    "choice",
    { oneOf: [{ type: "string" }, { type: "number" }, { type: "null" }] },
    { request: ["minor", "major"], response: ["major", "minor"], why: "More values." },
  ],
  ["an alternative less", "either", { anyOf: [{ type: "string" }] }, "narrower"],
  ["a condition more", "both", { allOf: [{ type: "object" }, { minProperties: 1 }, { maxProperties: 9 }] }, "narrower"],
  ["variants that are added", "anything", { oneOf: [{ type: "string" }, { type: "number" }] }, "narrower"],
  ["alternatives that are added", "anything", { anyOf: [{ type: "string" }, { type: "number" }] }, "narrower"],
  ["conditions that are added", "anything", { allOf: [{ type: "string" }, { maxLength: 3 }] }, "narrower"],
  [
    "a schema within allOf",
    "tag",
    { $ref: REMOVED, allOf: [{ $ref: "#/components/schemas/Tag" }] },
    same("patch", "The same schema."),
  ],
  ["a bound beside a reference", "tag", { maxProperties: 1 }, "narrower"],
  ["a value that is excluded", "secret", { not: { enum: ["none"] } }, "narrower"],
  ["another value that is excluded", "other/not", { enum: ["none", "nothing"] }, "unrelated"],
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  ["a condition with if and then", "free", { if: { minProperties: 2 }, then: { required: ["color"] } }, "narrower"],
  ["a property that is required", "free", { required: ["color"] }, "narrower"],
  [
    "a default that is added",
    "secret",
    { default: "x" },
    same("major", "Callers that omit it get another result, and its type is no longer optional."),
  ],
  [
    "a property that becomes read-only",
    "secret",
    { readOnly: true },
    {
      request: ["major", "minor"],
      response: ["major", "minor"],
      why: "Callers may no longer send it, or the types lose it in requests.",
    },
  ],
  [
    "a property that becomes write-only",
    "secret",
    { writeOnly: true },
    { request: ["major", "minor"], response: ["major", "minor"], why: "Consumers no longer read it." },
  ],
  ["a property that becomes deprecated", "secret", { deprecated: true }, same("minor", "Editors and linters show it.")],
  ["deprecated that is false", "secret", { deprecated: false }, same("patch", "The default, written out.")],
  ["a description", "secret", { description: "Keep it." }, same("patch", "Prose.")],
  ["a title", "secret", { title: "Secret" }, same("patch", "Prose.")],
  ["other examples", "name", { examples: ["salt"] }, same("patch", "Prose.")],
  ["a comment", "secret", { $comment: "From the vendor." }, same("patch", "Prose.")],
  ["a decision", "secret", { "x-decision": true }, same("patch", "Prose.")],
  ["an unknown extension", "secret", { "x-internal": true }, same("minor", "A program may read it.")],
  [
    "a new optional property",
    "free/properties",
    { size: { type: "number" } },
    {
      request: ["minor", "major"],
      response: ["minor", "major"],
      why: "Callers may ignore it; without it, they send or read something that is gone.",
    },
  ],
  [
    "an object without its properties",
    "free",
    { properties: REMOVED },
    { request: ["major", "minor"], response: ["major", "minor"], why: "Callers send or read them by name." },
  ],
  [
    "a renamed property",
    "free/properties",
    { color: REMOVED, colour: { type: "string" } },
    same("major", "Callers send or read it by its name."),
  ],
  [
    "a discriminator with another property",
    "variant/discriminator",
    { propertyName: "type" },
    same("major", "Consumers tell the variants apart with it."),
  ],
  [
    "a discriminator without a mapping",
    "variant/discriminator",
    { mapping: REMOVED },
    { request: ["major", "minor"], response: ["major", "minor"], why: "Consumers tell the variants apart with it." },
  ],
  [
    "a variant without a discriminator",
    "variant",
    { discriminator: REMOVED },
    { request: ["major", "major"], response: ["major", "minor"], why: "Consumers tell the variants apart with it." },
  ],
];
