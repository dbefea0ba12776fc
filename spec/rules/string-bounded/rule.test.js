import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("string-bounded", () => {
  it("accepts strings with a length, a pattern, a format or a list of values", async () => {
    expect(await problemsOf("string-bounded/pass.yaml")).toEqual([]);
  });

  it("refuses strings without a bound, wherever they stand", async () => {
    expect(await problemsOf("string-bounded/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "string-bounded/fail.yaml#/components/parameters/Unbounded/schema",
          "message": "Bound this string: give it maxLength or pattern or enum or const or format.",
        },
        {
          "location": "string-bounded/fail.yaml#/components/schemas/Unbounded/properties/free",
          "message": "Bound this string: give it maxLength or pattern or enum or const or format.",
        },
        {
          "location": "string-bounded/fail.yaml#/components/schemas/Unbounded/properties/nothing",
          "message": "Bound this string: give it maxLength or pattern or enum or const or format.",
        },
        {
          "location": "string-bounded/fail.yaml#/components/schemas/Unbounded/properties/variants/oneOf/0",
          "message": "Bound this string: give it maxLength or pattern or enum or const or format.",
        },
        {
          "location": "string-bounded/fail.yaml#/components/schemas/Unbounded/properties/map/additionalProperties",
          "message": "Bound this string: give it maxLength or pattern or enum or const or format.",
        },
        {
          "location": "string-bounded/fail.yaml#/components/headers/Unbounded/schema",
          "message": "Bound this string: give it maxLength or pattern or enum or const or format.",
        },
      ]
    `);
  });
});
