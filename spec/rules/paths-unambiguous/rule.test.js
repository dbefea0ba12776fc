import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("paths-unambiguous", () => {
  it("accepts a literal next to a template that does not allow it as a value", async () => {
    expect(await problemsOf("paths-unambiguous/pass.yaml")).toEqual([]);
  });

  it("rejects paths that differ only in names, literals that hide a resource, and templates of a part", async () => {
    expect(await problemsOf("paths-unambiguous/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "paths-unambiguous/fail.yaml#/paths/~1Profiles~1{id}",
          "message": "Remove one of the paths /Profiles/{profileId} and /Profiles/{id}: they match the same URLs.",
        },
        {
          "location": "paths-unambiguous/fail.yaml#/paths/~1Profiles~1Imports~1{importId}",
          "message": "Give id a pattern or an enum without "Imports", or rename this segment: /Profiles/Imports/{importId} takes precedence over /Profiles/{id}/Traits, so the value "Imports" of id could not be reached.",
        },
        {
          "location": "paths-unambiguous/fail.yaml#/paths/~1Stores~1Bulk",
          "message": "Give name a pattern or an enum without "Bulk", or rename this segment: /Stores/Bulk takes precedence over /Stores/{name}, so the value "Bulk" of name could not be reached.",
        },
        {
          "location": "paths-unambiguous/fail.yaml#/paths/~1Files~1{name}.csv",
          "message": "Make "{name}.csv" either a literal or one parameter: routers do not agree on parts of a segment.",
        },
      ]
    `);
  });
});
