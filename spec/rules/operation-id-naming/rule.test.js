import { describe, expect, it } from "vitest";
import { problemsOf } from "../problems-of.js";

describe("operation-id-naming", () => {
  it("accepts camelCase that begins with a verb of the API", async () => {
    expect(await problemsOf("operation-id-naming/pass.yaml")).toEqual([]);
  });

  it("refuses other verbs, other cases and a verb alone", async () => {
    expect(await problemsOf("operation-id-naming/fail.yaml")).toMatchInlineSnapshot(`
      [
        {
          "location": "operation-id-naming/fail.yaml#/paths/~1Profiles/get/operationId",
          "message": "Rename "getProfiles": one of the verbs list, fetch, create, patch, update, delete, upload, then a noun in camelCase of letters and digits, such as "fetchProfile".",
        },
        {
          "location": "operation-id-naming/fail.yaml#/paths/~1Profiles/put/operationId",
          "message": "Rename "update_profiles": one of the verbs list, fetch, create, patch, update, delete, upload, then a noun in camelCase of letters and digits, such as "fetchProfile".",
        },
        {
          "location": "operation-id-naming/fail.yaml#/paths/~1Profiles/post/operationId",
          "message": "Rename "CreateProfile": one of the verbs list, fetch, create, patch, update, delete, upload, then a noun in camelCase of letters and digits, such as "fetchProfile".",
        },
        {
          "location": "operation-id-naming/fail.yaml#/paths/~1Profiles/delete/operationId",
          "message": "Rename "delete": one of the verbs list, fetch, create, patch, update, delete, upload, then a noun in camelCase of letters and digits, such as "fetchProfile".",
        },
        {
          "location": "operation-id-naming/fail.yaml#/paths/~1Profiles/patch/operationId",
          "message": "Rename "patchprofile": one of the verbs list, fetch, create, patch, update, delete, upload, then a noun in camelCase of letters and digits, such as "fetchProfile".",
        },
      ]
    `);
  });
});
