import { describe, expect, it } from "vitest";
import { deprecationsOf, deprecationTable, deprecationText, openapi } from "../index.js";

/**
 * @param {string} sunset
 * @param {string | null} [replacement]
 */
const until = (sunset, replacement = null) => ({
  deprecated: true,
  "x-deprecation": { since: "2026-12-01", sunset, replacement },
});
const ok = { description: "OK." };

const document = {
  paths: {
    "/profiles/{profileId}": {
      parameters: [{ $ref: "#/components/parameters/ProfileId" }],
      get: {
        operationId: "fetchProfile",
        ...until("2028-01-01", "readProfile"),
        parameters: [{ name: "fields", in: "query", ...until("2027-12-03"), schema: { type: "string" } }],
        responses: {
          200: {
            ...ok,
            headers: { "X-Count": { $ref: "#/components/headers/Count" } },
            content: { "application/json": { schema: { $ref: "#/components/schemas/Profile" }, example: until("x") } },
          },
        },
      },
      put: {
        operationId: "replaceProfile",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Profile" } } } },
        responses: { 200: ok },
      },
    },
  },
  components: {
    parameters: { ProfileId: { name: "profileId", in: "path", ...until("2027-12-04"), schema: true } },
    headers: { Count: { ...until("2027-12-05"), schema: { type: "integer" } } },
    schemas: {
      Profile: {
        type: "object",
        properties: {
          mail: { $ref: "#/components/schemas/Email", ...until("2027-12-01", "email") },
          address: { type: "object", properties: { "zip/code": { type: "string", ...until("2027-12-02") } } },
          parent: { $ref: "#/components/schemas/Profile" },
          deprecated: true,
          old: { type: "string", deprecated: true },
        },
        examples: [until("x")],
      },
      Email: { type: "string" },
      Unused: { anyOf: [{ type: "string", ...until("2028-02-01") }], ...until("2028-02-02", "Email") },
    },
  },
};

describe("deprecationsOf", () => {
  it("returns what is announced, with the operations that use it, ordered by the end of support", () => {
    const listed = deprecationsOf(document).map(({ kind, name, pointer, operations, sunset }) =>
      [sunset, kind, name, pointer, operations.join()].join(" "),
    );
    expect(listed).toMatchInlineSnapshot(`
      [
        "2027-12-01 property Profile.mail #/components/schemas/Profile/properties/mail fetchProfile,replaceProfile",
        "2027-12-02 property Profile.address.zip/code #/components/schemas/Profile/properties/address/properties/zip~1code fetchProfile,replaceProfile",
        "2027-12-03 parameter fields #/paths/~1profiles~1{profileId}/get/parameters/0 fetchProfile",
        "2027-12-04 parameter profileId #/components/parameters/ProfileId fetchProfile,replaceProfile",
        "2027-12-05 header X-Count #/components/headers/Count fetchProfile",
        "2028-01-01 operation fetchProfile #/paths/~1profiles~1{profileId}/get fetchProfile",
        "2028-02-01 schema Unused/anyOf/0 #/components/schemas/Unused/anyOf/0 ",
        "2028-02-02 schema Unused #/components/schemas/Unused ",
      ]
    `);
  });

  it("returns the dates and the replacement", () => {
    expect(deprecationsOf(document)[0]).toEqual({
      kind: "property",
      name: "Profile.mail",
      pointer: "#/components/schemas/Profile/properties/mail",
      operations: ["fetchProfile", "replaceProfile"],
      since: "2026-12-01",
      sunset: "2027-12-01",
      replacement: "email",
    });
  });
});

describe("the text of a deprecation", () => {
  const [first] = deprecationsOf(document);

  it("says since when, until when and what to use instead", () => {
    const announced = { since: "2026-12-01", sunset: "2027-12-01" };
    expect(deprecationText({ ...announced, replacement: "email" })).toBe(
      "Since 2026-12-01. Supported until 2027-12-01. Use `email` instead.",
    );
    expect(deprecationText({ ...announced, replacement: null })).toMatch(/ Nothing replaces it\.$/);
  });

  it("is a row of a table", () => {
    expect(deprecationTable(first === undefined ? [] : [first])).toMatchInlineSnapshot(`
      "| Deprecated | Used by | Since | Supported until | Replacement |
      | --- | --- | --- | --- | --- |
      | property \`Profile.mail\` | \`fetchProfile\`, \`replaceProfile\` | 2026-12-01 | 2027-12-01 | \`email\` |"
    `);
    expect(deprecationTable(deprecationsOf(document))).toContain(
      "| operation `fetchProfile` |  | 2026-12-01 | 2028-01-01 | `readProfile` |",
    );
  });
});

describe("the deprecations of the contract", () => {
  it("are those that deprecations.md lists", async () => {
    const page = `# Deprecations

What is deprecated in the contract, what may be removed first in front. [The policy](../docs/versioning.md#deprecation)
explains the dates. Generated: do not edit. Regenerate with \`npx -y pnpm@12 --filter @memory-api/spec run test -u\`.

${deprecationTable(deprecationsOf(openapi))}
`;
    await expect(page).toMatchFileSnapshot("../deprecations.md");
  });
});
