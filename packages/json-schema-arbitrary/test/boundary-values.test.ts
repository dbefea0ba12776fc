import { expect, it } from "vitest";
import { boundaryValues, type JsonSchema } from "../src/index.ts";

const has = (schema: JsonSchema, value: unknown) => {
  const found = [...boundaryValues(schema)].find((each) => JSON.stringify(each.value) === JSON.stringify(value));
  return found && { valid: found.valid, keyword: found.keyword };
};

it.each<[string, JsonSchema, unknown, boolean, string]>([
  ["at a minimum", { type: "integer", minimum: 7 }, 7, true, "minimum"],
  ["below a minimum", { type: "integer", minimum: 7 }, 6, false, "minimum"],
  ["at an exclusive maximum", { type: "number", exclusiveMaximum: 2 }, 2, false, "exclusiveMaximum"],
  ["just below an exclusive maximum", { type: "number", exclusiveMaximum: 2 }, 2 - 2 ** -51, true, "exclusiveMaximum"],
  ["of a multiple", { type: "number", multipleOf: 0.25 }, 0.125, false, "multipleOf"],
  ["at a maximum length", { type: "string", maxLength: 3 }, "\u{1f600}".repeat(3), true, "maxLength"],
  ["beyond a maximum length", { type: "string", maxLength: 3 }, "\u{1f600}".repeat(4), false, "maxLength"],
  ["of an enum", { enum: ["Asc"] }, "Asc", true, "enum"],
  ["of an enum, in the wrong case", { enum: ["Asc"] }, "asc", false, "enum"],
  ["of a type", { type: "boolean" }, "true", false, "type"],
  ["of a format", { type: "string", format: "date" }, "2023-02-29", false, "format"],
  ["of a format, with a leap day", { type: "string", format: "date" }, "2024-02-29", true, "format"],
  [
    "of uniqueItems",
    { type: "array", uniqueItems: true, items: { const: 1 }, minItems: 1 },
    [1, 1],
    false,
    "uniqueItems",
  ],
  ["of maxItems", { type: "array", maxItems: 1, items: { const: 1 } }, [1, 1], false, "maxItems"],
  ["without a property", { type: "object", required: ["a"], properties: { a: { const: 1 } } }, {}, false, "required"],
  [
    "with an extra property",
    { type: "object", additionalProperties: false },
    { extraProperty: "extra" },
    false,
    "additionalProperties",
  ],
  [
    "within an object",
    { type: "object", required: ["a"], properties: { a: { type: "integer", minimum: 1 } } },
    { a: 0 },
    false,
    "minimum",
  ],
  [
    "within an array",
    { type: "array", items: { maxLength: 1, type: "string" }, minItems: 1 },
    ["\u{1f600}"],
    true,
    "maxLength",
  ],
  ["beyond safe integers", { type: "number" }, 2 ** 53, true, "type"],
  ["that is a lone surrogate", { type: "string" }, "\ud800", true, "type"],
  ["that is null", { type: "string" }, null, false, "type"],
])("yields the value %s", (_, schema, value, valid, keyword) => {
  expect(has(schema, value)).toEqual({ valid, keyword });
});

it("leaves out values beyond maxSize", () => {
  const lengths = [...boundaryValues({ type: "string", maxLength: 500 }, { maxSize: 100 })].map(
    ({ value }) => String(value).length,
  );
  expect(Math.max(...lengths)).toBeLessThanOrEqual(200);
});

it("leaves out values on which validators disagree", () => {
  const schema = { type: "object", required: ["toString"] };
  expect(has(schema, {})).toBe(undefined);
});
