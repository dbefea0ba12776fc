import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("schema-dialect", () => {
  it("accepts a root that declares JSON Schema 2020-12", async () => {
    expect(await problemsOf("schema-dialect/pass.yaml")).toEqual([]);
  });

  it("refuses a root that declares no dialect", async () => {
    expect(await problemsOf("schema-dialect/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "schema-dialect/fail.yaml#/",
          "message": "Write jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema, or validators read the schemas as an older draft and skip keywords.",
        },
      ]
    `);
  });

  it("refuses a root that declares another", async () => {
    expect(await problemsOf("schema-dialect/fail-older.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "schema-dialect/fail-older.yaml#/jsonSchemaDialect",
          "message": "Write jsonSchemaDialect: https://json-schema.org/draft/2020-12/schema, or validators read the schemas as an older draft and skip keywords.",
        },
      ]
    `);
  });
});
