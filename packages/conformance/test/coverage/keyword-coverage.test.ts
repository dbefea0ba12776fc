import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { Contract } from "../../src/contract/contract.ts";
import { KeywordCoverage } from "../../src/coverage/keyword-coverage.ts";

/** The rules of a schema that the values follow (`+`), break (`-`) or both (`+-`). */
function covered(schema: object, values: readonly unknown[]): Record<string, string> {
  const document: object = {
    openapi: "3.1.0",
    info: { title: "Test", version: "1" },
    paths: {},
    components: { schemas: { Root: schema, Name: { type: "string", minLength: 3 } } },
  };
  const coverage = new KeywordCoverage(new Contract(document as OpenAPIV3_1.Document), "/components/schemas/Root");
  for (const value of values) coverage.record(value);
  return Object.fromEntries(
    coverage
      .result()
      .map(({ pointer, valid, invalid }) => [
        pointer.replace("/components/schemas/", ""),
        `${valid > 0 ? "+" : ""}${invalid > 0 ? "-" : ""}`,
      ]),
  );
}

describe("the coverage of keywords", () => {
  it.each<[string, object, readonly unknown[], Record<string, string>]>([
    ["nothing sent", { type: "string", maxLength: 2 }, [], { "Root/type": "", "Root/maxLength": "" }],
    ["both sides", { type: "string", maxLength: 2 }, ["ab", "abc", 1], { "Root/type": "+-", "Root/maxLength": "+-" }],
    ["only values of the type count", { maxLength: 2, minimum: 3 }, [1], { "Root/maxLength": "", "Root/minimum": "-" }],
    [
      "each required property",
      { type: "object", required: ["a", "b"] },
      [{ a: 1 }],
      { "Root/type": "+", "Root/required/0": "+", "Root/required/1": "-" },
    ],
    [
      "properties, and a reference",
      { properties: { "x/y": { const: 1 } }, additionalProperties: { $ref: "#/components/schemas/Name" } },
      [{ "x/y": 1 }, { other: "no" }],
      { "Root/properties/x~1y/const": "+", "Name/type": "+", "Name/minLength": "-" },
    ],
    [
      "additional properties",
      { properties: { a: true }, patternProperties: { "^x-": true }, additionalProperties: false },
      [{ a: 1, "x-b": 2 }, { b: 1 }],
      { "Root/additionalProperties": "+-" },
    ],
    [
      "names and items",
      {
        propertyNames: { $ref: "#/components/schemas/Name" },
        items: { enum: [1, 2] },
        prefixItems: [{ type: "null" }],
      },
      [{ longer: 1 }, [null, 2], [null, 3]],
      { "Name/minLength": "+", "Root/prefixItems/0/type": "+", "Root/items/enum": "+-" },
    ],
    [
      "a branch that does not match is not broken while another one matches",
      { oneOf: [{ type: "string", maxLength: 1 }, { type: "null" }] },
      [null, "a"],
      { "Root/oneOf": "+", "Root/oneOf/0/type": "+", "Root/oneOf/0/maxLength": "+", "Root/oneOf/1/type": "+" },
    ],
    [
      "every branch is broken if none matches",
      { oneOf: [{ type: "string", maxLength: 1 }, { type: "null" }] },
      ["ab"],
      { "Root/oneOf": "-", "Root/oneOf/0/type": "+", "Root/oneOf/0/maxLength": "-", "Root/oneOf/1/type": "-" },
    ],
    [
      "the type of a name cannot be broken",
      { propertyNames: { type: "string", maxLength: 2 }, additionalProperties: { type: "number" } },
      [{ ab: 1 }, { abc: "1" }],
      { "Root/propertyNames/maxLength": "+-", "Root/additionalProperties/type": "+-" },
    ],
    ["not", { not: { const: 1 } }, [1], { "Root/not": "-" }],
    [
      "a schema that contains itself",
      { maxProperties: 1, additionalProperties: { $ref: "#/components/schemas/Root" } },
      [{ a: { b: { c: 1, d: 2 } } }],
      { "Root/maxProperties": "+-" },
    ],
  ])("%s", (_, schema, values, expected) => {
    expect(covered(schema, values)).toEqual(expected);
  });
});
