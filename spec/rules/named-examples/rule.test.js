import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("named-examples", () => {
  it("accepts bodies with examples that have a name and a summary", async () => {
    expect(await problemsOf("named-examples/pass.yaml")).toEqual([]);
  });

  it("refuses bodies without, errors without a body, and examples without a name in camelCase or a summary", async () => {
    expect(await problemsOf("named-examples/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/requestBody/content/application~1json/example",
          "message": "Write examples, each with a name, not example.",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/requestBody/content/application~1json",
          "message": "Add examples, each with a name in camelCase and a summary.",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/requestBody/content/text~1csv",
          "message": "Add examples, each with a name in camelCase and a summary.",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/responses/307",
          "message": "Add content with named examples to 307: only a 2xx may be without a body.",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/responses/500",
          "message": "Add content with named examples to 500: only a 2xx may be without a body.",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/responses/4XX",
          "message": "Add content with named examples to 4XX: only a 2xx may be without a body.",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/responses/202/content/application~1json/example",
          "message": "Write examples, each with a name, not example.",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/responses/202/content/application~1json/examples/Resolved",
          "message": "Rename the example "Resolved" in camelCase, such as "notFound".",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/responses/202/content/application~1json/examples/created",
          "message": "Add a summary to the example "created".",
        },
        {
          "location": "named-examples/fail.yaml#/paths/~1Profiles/post/responses/202/content/application~1json/examples/merged",
          "message": "Add a summary to the example "merged".",
        },
        {
          "location": "named-examples/fail.yaml#/components/responses/NotFound/content/application~1json",
          "message": "Add examples, each with a name in camelCase and a summary.",
        },
      ]
    `);
  });
});
