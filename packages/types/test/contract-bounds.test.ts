import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { contractBounds } from "../generator/contract-bounds.ts";

const boundsOf = (schemas: Record<string, OpenAPIV3_1.SchemaObject>) =>
  contractBounds({ openapi: "3.1.0", info: { title: "", version: "" }, components: { schemas } });

describe("the constants of the bounds", () => {
  it("are those of a schema and of its properties, and none where there is no bound", () => {
    const Page = { type: "object", maxProperties: 4, properties: { key: { type: "string", maxLength: 64 } } } as const;
    expect(boundsOf({ Page, Free: { type: "string" } })).toBe(
      `export const Page = ${JSON.stringify({ maxProperties: 4, key: { maxLength: 64 } }, null, 2)} as const;\n`,
    );
  });

  it("are refused where a property has the name of a bound", () => {
    const Sizes = { type: "object", properties: { minimum: { type: "integer", minimum: 1 } } } as const;
    expect(() => boundsOf({ Sizes })).toThrow("Sizes: the bounds of its property minimum would be taken for its own.");
  });

  it("are refused where the name of a schema is none of a constant", () => {
    expect(() => boundsOf({ "Page-Size": { type: "integer", minimum: 1 } })).toThrow(
      "Page-Size: the name of a schema that has bounds must be that of a constant.",
    );
  });
});
