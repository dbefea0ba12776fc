import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("decision-marked", () => {
  it("accepts decisions that carry the mark and the extension, and objects that carry neither", async () => {
    expect(await problemsOf("decision-marked/pass.yaml")).toEqual([]);
  });

  it("refuses one without the other, another value, and a mark without a decision", async () => {
    expect(await problemsOf("decision-marked/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "decision-marked/fail.yaml#/info/description",
          "message": "Write the decision after "**Decided here:**" in the same paragraph, or as a list that follows a blank line.",
        },
        {
          "location": "decision-marked/fail.yaml#/paths/~1Profiles/get/x-decision",
          "message": "Write "**Decided here:**" before the decision in this description, or remove x-decision.",
        },
        {
          "location": "decision-marked/fail.yaml#/paths/~1Profiles/get/parameters/0/description",
          "message": "Add x-decision: true, since the description contains a decision.",
        },
        {
          "location": "decision-marked/fail.yaml#/components/schemas/PageSize/description",
          "message": "Add x-decision: true, since the description contains a decision.",
        },
        {
          "location": "decision-marked/fail.yaml#/paths/~1Profiles/get/responses/200/x-decision",
          "message": "Write x-decision: true, or remove it.",
        },
      ]
    `);
  });
});
