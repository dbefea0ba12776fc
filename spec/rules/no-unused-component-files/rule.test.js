import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("no-unused-component-files", () => {
  it("accepts components that the root reaches, if only through other components", async () => {
    expect(await problemsOf("no-unused-component-files/pass/openapi.yaml")).toEqual([]);
  });

  it("refuses components that nothing reaches, and those that only such ones reach", async () => {
    expect(await problemsOf("no-unused-component-files/fail/openapi.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "no-unused-component-files/fail/openapi.yaml#/",
          "message": "Remove components/headers/ProfileId.yaml, or let a $ref lead to it.",
        },
        {
          "location": "no-unused-component-files/fail/openapi.yaml#/",
          "message": "Remove components/schemas/StoreId.yaml, or let a $ref lead to it.",
        },
      ]
    `);
  });
});
