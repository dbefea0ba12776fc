import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("deprecation-complete", () => {
  it("accepts what is deprecated for at least a year, with a replacement of the contract or none", async () => {
    expect(await problemsOf("deprecation-complete/pass.yaml")).toEqual([]);
  });

  it("refuses a deprecation without its dates, with a short window, or with a replacement that does not exist", async () => {
    expect(await problemsOf("deprecation-complete/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/get/deprecated",
          "message": "Add x-deprecation, with since, sunset and replacement.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/get/parameters/0/x-deprecation/since",
          "message": "Write since as a date, YYYY-MM-DD.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/get/parameters/0/x-deprecation/sunset",
          "message": "Write sunset as a date, YYYY-MM-DD.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/get/parameters/0/x-deprecation/replacement",
          "message": "Write a name, or null if nothing replaces this.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/get/parameters/1/x-deprecation/sunset",
          "message": "Write 2028-02-01 or a later date: what is deprecated stays for at least 12 months.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/get/parameters/2/x-deprecation",
          "message": "Add deprecated: true, or remove x-deprecation.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/components/schemas/Profile/properties/mail/x-deprecation",
          "message": "Write exactly since, sunset and replacement in x-deprecation.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/components/schemas/Email/x-deprecation/sunset",
          "message": "Write 2029-03-01 or a later date: what is deprecated stays for at least 12 months.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/components/schemas/Profile/properties/fax/x-deprecation",
          "message": "Write exactly since, sunset and replacement in x-deprecation.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/get/parameters/1/x-deprecation/replacement",
          "message": "Name an operation or parameter that exists and is not deprecated, or write null if nothing replaces this.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/paths/~1Profiles/put/x-deprecation/replacement",
          "message": "Name an operation that exists and is not deprecated, or write null if nothing replaces this.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/components/schemas/Email/x-deprecation/replacement",
          "message": "Name an operation or schema that exists and is not deprecated, or write null if nothing replaces this.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/components/schemas/Profile/properties/email/x-deprecation/replacement",
          "message": "Name an operation or property that exists and is not deprecated, or write null if nothing replaces this.",
        },
        {
          "location": "deprecation-complete/fail.yaml#/components/headers/Old/x-deprecation/replacement",
          "message": "Name an operation or header that exists and is not deprecated, or write null if nothing replaces this.",
        },
      ]
    `);
  });
});
