import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("schema-typed", () => {
  it("accepts schemas that say what they are", async () => {
    expect(await problemsOf("schema-typed/pass.yaml")).toEqual([]);
  });

  it("refuses schemas that only describe or bound a value", async () => {
    expect(await problemsOf("schema-typed/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "schema-typed/fail.yaml#/components/parameters/PageToken/schema",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Profile",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Profile/properties/described",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Profile/properties/list",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Profile/properties/list/items",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Profile/properties/number/items",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Profile/properties/bounded/oneOf/0",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Untyped",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/schemas/Profile/additionalProperties",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
        {
          "location": "schema-typed/fail.yaml#/components/headers/Location/schema",
          "message": "Say what this is: give it $ref or type or enum or const or oneOf or anyOf or allOf.",
        },
      ]
    `);
  });
});
