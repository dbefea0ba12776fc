import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("extensions-known", () => {
  it("accepts the extensions of this contract, each in its place", async () => {
    expect(await problemsOf("extensions-known/pass.yaml")).toEqual([]);
  });

  it("refuses unknown ones, operations without x-repeatable, and enums that may grow in requests", async () => {
    expect(await problemsOf("extensions-known/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/get/x-idempotent",
          "message": "Remove x-idempotent; known here are x-repeatable, x-decision, x-deprecation.",
        },
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/get/x-codeSamples",
          "message": "Remove x-codeSamples; known here are x-repeatable, x-decision, x-deprecation.",
        },
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/get",
          "message": "Add x-repeatable: true if a caller may send this again when the outcome is unknown, else false.",
        },
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/get/parameters/0/schema/x-extensible-enum",
          "message": "Remove x-extensible-enum: a request is closed, and only the enums of responses may grow.",
        },
        {
          "location": "extensions-known/fail.yaml#/components/schemas/Status/x-enum-descriptions",
          "message": "Remove x-enum-descriptions; known here are x-extensible-enum, x-decision, x-deprecation.",
        },
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/other/x-extensible-enum",
          "message": "Write x-extensible-enum: true, beside the enum that may grow, or leave it out.",
        },
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/closed/x-extensible-enum",
          "message": "Write x-extensible-enum: true, beside the enum that may grow, or leave it out.",
        },
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/beside/x-nullable",
          "message": "Remove x-nullable; known here are x-extensible-enum, x-decision, x-deprecation.",
        },
        {
          "location": "extensions-known/fail.yaml#/paths/~1Profiles/post",
          "message": "Add x-repeatable: true if a caller may send this again when the outcome is unknown, else false.",
        },
        {
          "location": "extensions-known/fail.yaml#/components/schemas/Status/x-extensible-enum",
          "message": "Remove x-extensible-enum: a request is closed, and only the enums of responses may grow.",
        },
      ]
    `);
  });
});
