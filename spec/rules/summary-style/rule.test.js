import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("summary-style", () => {
  it("accepts a short imperative", async () => {
    expect(await problemsOf("summary-style/pass.yaml")).toEqual([]);
  });

  it("refuses other verb forms, other lengths, small letters and periods", async () => {
    expect(await problemsOf("summary-style/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "summary-style/fail.yaml#/paths/~1Profiles/get/summary",
          "message": "Begin this summary with a capital letter.",
        },
        {
          "location": "summary-style/fail.yaml#/paths/~1Profiles/put/summary",
          "message": "Begin this summary with a verb in the imperative: "Fetch a profile", not "Fetches" or "Fetching".",
        },
        {
          "location": "summary-style/fail.yaml#/paths/~1Profiles/post/summary",
          "message": "Write this summary without a period at its end.",
        },
        {
          "location": "summary-style/fail.yaml#/paths/~1Profiles/post/summary",
          "message": "Begin this summary with a verb in the imperative: "Fetch a profile", not "Fetches" or "Fetching".",
        },
        {
          "location": "summary-style/fail.yaml#/paths/~1Profiles/delete/summary",
          "message": "Write 3 to 60 characters; more goes into the description.",
        },
        {
          "location": "summary-style/fail.yaml#/paths/~1Profiles/patch/summary",
          "message": "Write 3 to 60 characters; more goes into the description.",
        },
      ]
    `);
  });
});
