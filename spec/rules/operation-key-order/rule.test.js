import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("operation-key-order", () => {
  it("accepts the keys of an operation, and its statuses, in their order", async () => {
    expect(await problemsOf("operation-key-order/pass.yaml")).toEqual([]);
  });

  it("refuses keys and statuses out of order, and keys without a place in it", async () => {
    expect(await problemsOf("operation-key-order/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "operation-key-order/fail.yaml#/paths/~1Profiles/get/x-hidden",
          "message": "Remove "x-hidden", or give it a place in the order of keys: operationId, summary, description, x-decision, externalDocs, tags, deprecated, x-deprecation, servers, security, x-repeatable, parameters, requestBody, responses.",
        },
        {
          "location": "operation-key-order/fail.yaml#/paths/~1Profiles/get/callbacks",
          "message": "Remove "callbacks", or give it a place in the order of keys: operationId, summary, description, x-decision, externalDocs, tags, deprecated, x-deprecation, servers, security, x-repeatable, parameters, requestBody, responses.",
        },
        {
          "location": "operation-key-order/fail.yaml#/paths/~1Profiles/get/x-codeSamples",
          "message": "Remove "x-codeSamples", or give it a place in the order of keys: operationId, summary, description, x-decision, externalDocs, tags, deprecated, x-deprecation, servers, security, x-repeatable, parameters, requestBody, responses.",
        },
        {
          "location": "operation-key-order/fail.yaml#/paths/~1Profiles/get/operationId",
          "message": "Move "operationId" up, before "summary".",
        },
        {
          "location": "operation-key-order/fail.yaml#/paths/~1Profiles/get/parameters",
          "message": "Move "parameters" up, before "responses".",
        },
        {
          "location": "operation-key-order/fail.yaml#/paths/~1Profiles/get/responses/200",
          "message": "Move 200 up, before 400: responses stand in the order of their status.",
        },
        {
          "location": "operation-key-order/fail.yaml#/paths/~1Profiles/get/responses/500",
          "message": "Move 500 up, before default: responses stand in the order of their status.",
        },
      ]
    `);
  });
});
