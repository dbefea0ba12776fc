import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("integer-range", () => {
  it("accepts integers with both ends, or a list of values", async () => {
    expect(await problemsOf("integer-range/pass.yaml")).toEqual([]);
  });

  it("refuses integers that are open at an end", async () => {
    expect(await problemsOf("integer-range/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "integer-range/fail.yaml#/components/schemas/Ranges/properties/open",
          "message": "Give this integer minimum or exclusiveMinimum.",
        },
        {
          "location": "integer-range/fail.yaml#/components/schemas/Ranges/properties/open",
          "message": "Give this integer maximum or exclusiveMaximum.",
        },
        {
          "location": "integer-range/fail.yaml#/components/schemas/Ranges/properties/above",
          "message": "Give this integer maximum or exclusiveMaximum.",
        },
        {
          "location": "integer-range/fail.yaml#/components/schemas/Ranges/properties/below",
          "message": "Give this integer minimum or exclusiveMinimum.",
        },
      ]
    `);
  });
});
