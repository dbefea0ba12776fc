import { describe, expect, it } from "vitest";
import { boundsOf } from "./bounds.ts";
import type { Schema } from "./operations.ts";

const bodyBounds = (schema: Schema) => [...boundsOf(schema, "body")];

describe("boundsOf", () => {
  it("returns a value just inside and a value just outside each bound", () => {
    expect(bodyBounds({ maxLength: 2 })).toEqual([
      { location: "body", keyword: "maxLength", inside: "aa", outside: "aaa" },
    ]);
  });

  it("covers every type that is not allowed, including null and fractional numbers for an integer", () => {
    expect(bodyBounds({ type: "integer", examples: [1] }).map(({ keyword }) => keyword)).toEqual(
      ["string", "number", "boolean", "array", "object", "null"].map((type) => `type integer, not ${type}`),
    );
  });

  it.each([
    ["minProperties", { type: "object", minProperties: 1, examples: [{}] }],
    ["format", { type: "string", format: "email", examples: ["ada.reyes@example.com"] }],
    ["maxProperties", { type: "object", maxProperties: 2, examples: [{}] }],
    ["required", { required: ["size"] }],
    ["exclusiveMinimum", { type: "object", properties: { size: { exclusiveMinimum: 0 } }, examples: [{}] }],
  ] satisfies [string, Schema][])("throws if a keyword is not supported for the schema: %s", (keyword, schema) => {
    expect(() => bodyBounds(schema)).toThrow(`No test covers ${keyword} of body`);
  });

  it("throws if a bound is next to a reference", () => {
    const schema = { $ref: "#/components/schemas/Filename", description: "A name.", maxLength: 8 };
    expect(() => bodyBounds(schema)).toThrow("No test covers maxLength of body, next to a reference");
  });
});
