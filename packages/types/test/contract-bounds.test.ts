import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { contractBounds } from "../generator/contract-bounds.ts";

const boundsOf = (schemas: Record<string, OpenAPIV3_1.SchemaObject>) =>
  contractBounds({ openapi: "3.1.0", info: { title: "", version: "" }, components: { schemas } });

describe("the generated bounds", () => {
  it("contain the bounds of a schema and of its properties, and no schema without bounds", () => {
    const Page = { type: "object", maxProperties: 4, properties: { key: { type: "string", maxLength: 64 } } } as const;
    expect(boundsOf({ Page, Free: { type: "string" } })).toBe(
      `export const Page = ${JSON.stringify({ maxProperties: 4, key: { maxLength: 64 } }, null, 2)} as const;\n`,
    );
  });

  it.each(["minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties", "default"])(
    "contain %s of a schema and of a property",
    (keyword) => {
      const bound = { [keyword]: 1 };
      expect(boundsOf({ Page: { ...bound, properties: { size: bound } } })).toContain(
        JSON.stringify({ ...bound, size: bound }, null, 2),
      );
    },
  );

  it("are separated by an empty line", () => {
    expect(boundsOf({ Size: { minimum: 1 }, Name: { maxLength: 2 } })).toBe(
      'export const Size = {\n  "minimum": 1\n} as const;\n\nexport const Name = {\n  "maxLength": 2\n} as const;\n',
    );
  });

  it("contain no property that has no bounds or refers to a schema", () => {
    const size = { $ref: "#/components/schemas/Size", default: 50 };
    expect(boundsOf({ Page: { maxProperties: 4, properties: { free: { type: "string" }, size } } })).toBe(
      'export const Page = {\n  "maxProperties": 4\n} as const;\n',
    );
  });

  it("are empty for a document without components", () => {
    expect(contractBounds({ openapi: "3.1.0", info: { title: "", version: "" }, paths: {} })).toBe("");
  });

  it("reject a property that has the name of a bound", () => {
    const Sizes = { type: "object", properties: { minimum: { type: "integer", minimum: 1 } } } as const;
    expect(() => boundsOf({ Sizes })).toThrow(
      "Sizes: its property minimum would be mistaken for a bound of the schema itself.",
    );
  });

  it("reject a schema name that is not a valid identifier", () => {
    expect(() => boundsOf({ "Page-Size": { type: "integer", minimum: 1 } })).toThrow(
      "Page-Size: a schema that has bounds must have a name that is a valid identifier.",
    );
  });
});
