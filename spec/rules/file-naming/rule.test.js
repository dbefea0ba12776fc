import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("file-naming", () => {
  it("accepts a root of nothing but $refs, each to a file named after what it holds", async () => {
    expect(await problemsOf("file-naming/pass/openapi.yaml")).toEqual([]);
  });

  it("refuses what is inline in the root, and files of another folder, name or part", async () => {
    expect(await problemsOf("file-naming/fail/openapi.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "file-naming/fail/openapi.yaml#/paths/~1Profiles",
          "message": "Move this path to a file of its own, and write nothing here but $ref: paths/<kebab-case>.yaml.",
        },
        {
          "location": "file-naming/fail/openapi.yaml#/paths/~1Profiles~1Imports",
          "message": "Move this path to a file of its own, and write nothing here but $ref: paths/<kebab-case>.yaml.",
        },
        {
          "location": "file-naming/fail/openapi.yaml#/paths/~1Profiles~1Bulk/$ref",
          "message": "Let this $ref lead to paths/<kebab-case>.yaml, not to paths/ProfilesBulk.yaml.",
        },
        {
          "location": "file-naming/fail/paths/ProfilesBulk.yaml#/parameters/0/$ref",
          "message": "Let this $ref lead to components/parameters/<PascalCase>.yaml, not to components/schemas/StoreId.yaml.",
        },
        {
          "location": "file-naming/fail/paths/ProfilesBulk.yaml#/put/requestBody/content/application~1json/schema/$ref",
          "message": "Let this $ref lead to components/schemas/<PascalCase>.yaml, not to components/schemas/bulk-request.yaml.",
        },
        {
          "location": "file-naming/fail/paths/ProfilesBulk.yaml#/put/responses/202/content/application~1json/schema/$ref",
          "message": "Let this $ref lead to components/schemas/<PascalCase>.yaml, not to openapi.yaml#/components/schemas/Name.",
        },
        {
          "location": "file-naming/fail/paths/imports.yaml#/get/tags/$ref",
          "message": "Write this here: only a path or a component has a file of its own.",
        },
        {
          "location": "file-naming/fail/openapi.yaml#/components/schemas/Name",
          "message": "Move this component to a file of its own, and write nothing here but $ref: components/schemas/<PascalCase>.yaml.",
        },
      ]
    `);
  });
});
