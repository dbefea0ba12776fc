import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("operation-shared-errors", () => {
  it("accepts operations that document every error they can answer", async () => {
    expect(await problemsOf("operation-shared-errors/pass.yaml")).toEqual([]);
  });

  it("refuses operations that lack one, and 401 where nobody asks for credentials", async () => {
    expect(await problemsOf("operation-shared-errors/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1Profiles/get/responses",
          "message": "Document 401: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1Profiles/get/responses",
          "message": "Document 429: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1Profiles/get/responses",
          "message": "Document 503: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1Profiles/post/responses",
          "message": "Document 413: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1Profiles/post/responses",
          "message": "Document 415: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/delete/responses/401",
          "message": "Remove 401: with "security: []" there are no credentials to refuse.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/head/responses",
          "message": "Document 400: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/head/responses",
          "message": "Document 401: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/head/responses",
          "message": "Document 403: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/head/responses",
          "message": "Document 404: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/head/responses",
          "message": "Document 429: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/head/responses",
          "message": "Document 500: add a $ref to its file in components/responses.",
        },
        {
          "location": "operation-shared-errors/fail.yaml#/paths/~1uploads~1{importId}/head/responses",
          "message": "Document 503: add a $ref to its file in components/responses.",
        },
      ]
    `);
  });
});
