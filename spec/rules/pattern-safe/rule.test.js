import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("pattern-safe", () => {
  it("accepts patterns that compile, are anchored and take linear time", async () => {
    expect(await problemsOf("pattern-safe/pass.yaml")).toEqual([]);
  });

  it("refuses the others, keys of patternProperties and neighbours of a $ref included", async () => {
    expect(await problemsOf("pattern-safe/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/patternProperties/^x-",
          "message": "Begin this pattern with ^ and end it with $, and put alternatives into a group: ^(?:a|b)$.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/broken/pattern",
          "message": "Make this pattern compile with the flag u: escape only ^ $ \\ . * + ? ( ) [ ] { } | / and, in a class, -.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/open/pattern",
          "message": "Begin this pattern with ^ and end it with $, and put alternatives into a group: ^(?:a|b)$.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/alternatives/pattern",
          "message": "Begin this pattern with ^ and end it with $, and put alternatives into a group: ^(?:a|b)$.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/dollar/pattern",
          "message": "Begin this pattern with ^ and end it with $, and put alternatives into a group: ^(?:a|b)$.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/exponential/pattern",
          "message": "Rewrite this pattern so that only one part of it can match each character: it takes exponential time.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/polynomial/pattern",
          "message": "Rewrite this pattern so that only one part of it can match each character: it takes 2nd degree polynomial time.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/again/pattern",
          "message": "Rewrite this pattern so that only one part of it can match each character: it takes 2nd degree polynomial time.",
        },
        {
          "location": "pattern-safe/fail.yaml#/components/schemas/Unsafe/properties/beside/pattern",
          "message": "Begin this pattern with ^ and end it with $, and put alternatives into a group: ^(?:a|b)$.",
        },
      ]
    `);
  });
});
