import { describe, expect, it } from "vitest";
import { boundsOf } from "./bounds.ts";
import type { Schema } from "./operations.ts";

const of = (schema: Schema) => [...boundsOf(schema, "body")];

describe("the bounds of a schema", () => {
  it("are a value just inside and one just outside of each", () => {
    expect(of({ maxLength: 2 })).toEqual([{ place: "body", keyword: "maxLength", inside: "aa", outside: "aaa" }]);
  });

  it("refuse every type that is not allowed, null and a fraction of an integer with them", () => {
    expect(of({ type: "integer", examples: [1] }).map(({ keyword }) => keyword)).toEqual(
      ["string", "number", "boolean", "array", "object", "null"].map((type) => `type integer, not ${type}`),
    );
  });

  it.each([
    ["minProperties", { type: "object", minProperties: 1, examples: [{}] }],
    ["format", { type: "string", format: "email", examples: ["ada.reyes@example.com"] }],
    ["maxProperties", { type: "object", maxProperties: 2, examples: [{}] }],
    ["required", { required: ["size"] }],
    ["exclusiveMinimum", { type: "object", properties: { size: { exclusiveMinimum: 0 } }, examples: [{}] }],
  ] satisfies [string, Schema][])("must all be walked: %s here is not", (keyword, schema) => {
    expect(() => of(schema)).toThrow(`Nothing tests ${keyword} of body`);
  });

  it("must not stand beside a reference", () => {
    const schema = { $ref: "#/components/schemas/Filename", description: "A name.", maxLength: 8 };
    expect(() => of(schema)).toThrow("Nothing tests maxLength of body, beside a reference");
  });
});
