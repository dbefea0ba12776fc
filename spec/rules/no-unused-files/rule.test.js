import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("no-unused-files", () => {
  it("accepts paths and components that the root reaches, if only through other components", async () => {
    expect(await problemsOf("no-unused-files/pass/openapi.yaml")).toEqual([]);
  });

  it("refuses paths and components that nothing reaches, and those that only such ones reach", async () => {
    expect(await problemsOf("no-unused-files/fail/openapi.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "no-unused-files/fail/openapi.yaml#/",
          "message": "Remove components/headers/ProfileId.yaml, or let a $ref lead to it.",
        },
        {
          "location": "no-unused-files/fail/openapi.yaml#/",
          "message": "Remove components/schemas/StoreId.yaml, or let a $ref lead to it.",
        },
        {
          "location": "no-unused-files/fail/openapi.yaml#/",
          "message": "Remove paths/profile.yaml, or let a $ref lead to it.",
        },
      ]
    `);
  });
});
