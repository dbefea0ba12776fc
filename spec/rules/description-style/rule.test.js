import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("description-style", () => {
  it("accepts sentences, and lists, tables and code at the end of them", async () => {
    expect(await problemsOf("description-style/pass/openapi.yaml")).toEqual([]);
  });

  it("refuses descriptions that are missing, unfinished, careless or say nothing", async () => {
    expect(await problemsOf("description-style/fail/openapi.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "description-style/fail/openapi.yaml#/tags/0/description",
          "message": "Say more than the name does: what it means, its unit, where it comes from.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/tags/1",
          "message": "Describe this in a sentence.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/description",
          "message": "Say more than the name does: what it means, its unit, where it comes from.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/description",
          "message": "Write at least 40 characters about this operation: what it does, and when to use it.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/parameters/0/description",
          "message": "Begin this description with a capital letter, a digit or \`code\`.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/parameters/0/description",
          "message": "End this description with a period, or with a list, a table or a code block.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/parameters/1",
          "message": "Describe this in a sentence.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/description",
          "message": "Write one space between words.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/description",
          "message": "Write what is still to be done here, or take it out.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/headers/Location",
          "message": "Describe this in a sentence.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/email",
          "message": "Describe this in a sentence.",
        },
        {
          "location": "description-style/fail/components/schemas/Emails.yaml#/",
          "message": "Describe this in a sentence.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/id/description",
          "message": "End this description with a period, or with a list, a table or a code block.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/id/description",
          "message": "Say more than the name does: what it means, its unit, where it comes from.",
        },
        {
          "location": "description-style/fail/components/schemas/ProfileId.yaml#/description",
          "message": "Begin this description with a capital letter, a digit or \`code\`.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/phone/description",
          "message": "End this description with a period, or with a list, a table or a code block.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/get/responses/200/content/application~1json/schema/properties/phone/description",
          "message": "Say more than the name does: what it means, its unit, where it comes from.",
        },
        {
          "location": "description-style/fail/openapi.yaml#/paths/~1Profiles/post",
          "message": "Describe this in a sentence.",
        },
      ]
    `);
  });
});
