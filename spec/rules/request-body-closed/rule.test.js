import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("request-body-closed", () => {
  it("accepts closed objects, maps, and members of an allOf that is closed as a whole", async () => {
    expect(await problemsOf("request-body-closed/pass.yaml")).toEqual([]);
  });

  it("refuses objects that take unknown properties, however deep", async () => {
    expect(await problemsOf("request-body-closed/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "request-body-closed/fail.yaml#/paths/~1Profiles/put/requestBody/content/application~1merge-patch+json/schema",
          "message": "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
        },
        {
          "location": "request-body-closed/fail.yaml#/components/schemas/Profile",
          "message": "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
        },
        {
          "location": "request-body-closed/fail.yaml#/components/schemas/Profile/properties/groups/items",
          "message": "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
        },
        {
          "location": "request-body-closed/fail.yaml#/components/schemas/Profile/properties/traits/additionalProperties",
          "message": "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
        },
        {
          "location": "request-body-closed/fail.yaml#/paths/~1Profiles/put/requestBody/content/application~1merge-patch+json/schema/properties/nothing",
          "message": "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
        },
        {
          "location": "request-body-closed/fail.yaml#/paths/~1Profiles/put/requestBody/content/application~1merge-patch+json/schema/properties/anything",
          "message": "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
        },
        {
          "location": "request-body-closed/fail.yaml#/paths/~1Profiles/delete/requestBody/content/application~1json/schema/allOf/0",
          "message": "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
        },
      ]
    `);
  });
});
