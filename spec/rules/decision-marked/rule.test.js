import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("decision-marked", () => {
  it("accepts decisions that carry the mark and the extension, and objects that carry neither", async () => {
    expect(await problemsOf("decision-marked/pass.yaml")).toEqual([]);
  });

  it("refuses one without the other, near misses of the mark, and decisions that cannot be listed", async () => {
    expect(await problemsOf("decision-marked/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "decision-marked/fail.yaml#/info/description",
          "message": "After "**Decided here:**", write a paragraph, a list, or a paragraph that ends with a colon and then a list. Such a list has "- " items, a blank line before it, and none between its items.",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/0/description",
          "message": "Write the mark of a decision exactly as "**Decided here:**".",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/1/description",
          "message": "Write the mark of a decision exactly as "**Decided here:**".",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/2/description",
          "message": "Write the mark of a decision exactly as "**Decided here:**".",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/3/description",
          "message": "Write the mark of a decision exactly as "**Decided here:**".",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/4/description",
          "message": "Write the mark of a decision exactly as "**Decided here:**".",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/5/description",
          "message": "After "**Decided here:**", write a paragraph, a list, or a paragraph that ends with a colon and then a list. Such a list has "- " items, a blank line before it, and none between its items.",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/6/description",
          "message": "After "**Decided here:**", write a paragraph, a list, or a paragraph that ends with a colon and then a list. Such a list has "- " items, a blank line before it, and none between its items.",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/7/description",
          "message": "After "**Decided here:**", write a paragraph, a list, or a paragraph that ends with a colon and then a list. Such a list has "- " items, a blank line before it, and none between its items.",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/8/description",
          "message": "After "**Decided here:**", write a paragraph, a list, or a paragraph that ends with a colon and then a list. Such a list has "- " items, a blank line before it, and none between its items.",
        },
        {
          "location": "decision-marked/fail.yaml#/tags/9/description",
          "message": "After "**Decided here:**", write a paragraph, a list, or a paragraph that ends with a colon and then a list. Such a list has "- " items, a blank line before it, and none between its items.",
        },
        {
          "location": "decision-marked/fail.yaml#/paths/~1Profiles/get/summary",
          "message": "Move the decision from this summary to the description.",
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
          "location": "decision-marked/fail.yaml#/paths/~1Profiles/get/parameters/1/description",
          "message": "Add x-decision: true, since the description contains a decision.",
        },
        {
          "location": "decision-marked/fail.yaml#/paths/~1Profiles/get/responses/200/x-decision",
          "message": "Write x-decision: true, or remove it.",
        },
        {
          "location": "decision-marked/fail.yaml#/paths/~1Profiles/get/responses/404/description",
          "message": "Add x-decision: true, since the description contains a decision.",
        },
        {
          "location": "decision-marked/fail.yaml#/components/schemas/Page/properties/size/description",
          "message": "Add x-decision: true, since the description contains a decision.",
        },
        {
          "location": "decision-marked/fail.yaml#/components/schemas/Page/properties/next/x-decision",
          "message": "Write "**Decided here:**" before the decision in this description, or remove x-decision.",
        },
      ]
    `);
  });
});
