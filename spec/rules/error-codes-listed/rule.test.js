import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("error-codes-listed", () => {
  it("accepts errors that the description of the contract lists", async () => {
    expect(await problemsOf("error-codes-listed/pass.yaml")).toEqual([]);
  });

  it("rejects a status or a code that it does not list, and an example with another status", async () => {
    expect(await problemsOf("error-codes-listed/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "error-codes-listed/fail.yaml#/paths/~1Profiles/get/responses/404/content/application~1json/examples/otherCode/value/code",
          "message": "Add a line for 404 with code 20409 to the table of errors in the description of info, in openapi.yaml.",
        },
        {
          "location": "error-codes-listed/fail.yaml#/paths/~1Profiles/get/responses/404/content/application~1json/examples/otherStatus/value/status",
          "message": "Write status: 404, the status of the response that has this example.",
        },
        {
          "location": "error-codes-listed/fail.yaml#/paths/~1Profiles/get/responses/404/content/application~1json/examples/withoutCode/value/status",
          "message": "Write status: 404, the status of the response that has this example.",
        },
        {
          "location": "error-codes-listed/fail.yaml#/paths/~1Profiles/get/responses/409",
          "message": "Add a line for 409 with its code to the table of errors in the description of info, in openapi.yaml.",
        },
        {
          "location": "error-codes-listed/fail.yaml#/components/examples/Uploaded/value/code",
          "message": "Add a line for 409 with code 20409 to the table of errors in the description of info, in openapi.yaml.",
        },
        {
          "location": "error-codes-listed/fail.yaml#/paths/~1Profiles/put/responses/409",
          "message": "Add a line for 409 with its code to the table of errors in the description of info, in openapi.yaml.",
        },
      ]
    `);
  });
});
