import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("array-bounded", () => {
  it("accepts arrays with maxItems", async () => {
    expect(await problemsOf("array-bounded/pass.yaml")).toEqual([]);
  });

  it("refuses arrays without maxItems, wherever they stand", async () => {
    expect(await problemsOf("array-bounded/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "array-bounded/fail.yaml#/components/parameters/TraitGroups/schema",
          "message": "Bound this array: give it maxItems.",
        },
        {
          "location": "array-bounded/fail.yaml#/components/schemas/Page/properties/profiles",
          "message": "Bound this array: give it maxItems.",
        },
        {
          "location": "array-bounded/fail.yaml#/components/schemas/Page/properties/profiles/items",
          "message": "Bound this array: give it maxItems.",
        },
        {
          "location": "array-bounded/fail.yaml#/components/schemas/Page/properties/errors",
          "message": "Bound this array: give it maxItems.",
        },
      ]
    `);
  });
});
