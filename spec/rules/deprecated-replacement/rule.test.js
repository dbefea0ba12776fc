import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("deprecated-replacement", () => {
  it("accepts what is deprecated until a day and in favour of something", async () => {
    expect(await problemsOf("deprecated-replacement/pass.yaml")).toEqual([]);
  });

  it("refuses what lacks the day, a day of the calendar, or the replacement", async () => {
    expect(await problemsOf("deprecated-replacement/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "deprecated-replacement/fail.yaml#/paths/~1Profiles/get/deprecated",
          "message": "Add x-sunset, the last day that this works, as YYYY-MM-DD.",
        },
        {
          "location": "deprecated-replacement/fail.yaml#/paths/~1Profiles/get/deprecated",
          "message": "Add x-replaced-by, the name of what to use instead.",
        },
        {
          "location": "deprecated-replacement/fail.yaml#/paths/~1Profiles/get/parameters/0/deprecated",
          "message": "Add x-sunset, the last day that this works, as YYYY-MM-DD.",
        },
        {
          "location": "deprecated-replacement/fail.yaml#/paths/~1Profiles/get/parameters/1/deprecated",
          "message": "Add x-sunset, the last day that this works, as YYYY-MM-DD.",
        },
        {
          "location": "deprecated-replacement/fail.yaml#/paths/~1Profiles/get/parameters/1/deprecated",
          "message": "Add x-replaced-by, the name of what to use instead.",
        },
        {
          "location": "deprecated-replacement/fail.yaml#/components/schemas/Profile/properties/mail/deprecated",
          "message": "Add x-sunset, the last day that this works, as YYYY-MM-DD.",
        },
        {
          "location": "deprecated-replacement/fail.yaml#/components/schemas/Profile/properties/email/deprecated",
          "message": "Add x-replaced-by, the name of what to use instead.",
        },
        {
          "location": "deprecated-replacement/fail.yaml#/components/headers/Old/deprecated",
          "message": "Add x-sunset, the last day that this works, as YYYY-MM-DD.",
        },
      ]
    `);
  });
});
