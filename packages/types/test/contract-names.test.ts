import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { contractNames } from "../generator/contract-names.ts";

const namesOf = (
  paths: OpenAPIV3_1.PathsObject,
  schemas: Record<string, OpenAPIV3_1.SchemaObject & { "x-extensible-enum"?: boolean }> = {},
) => contractNames({ openapi: "3.1.0", info: { title: "Profiles", version: "1.0.0" }, paths, components: { schemas } });

describe("the named types", () => {
  it("are one for each schema, then the response, the error and the request of each operation", () => {
    const paths: OpenAPIV3_1.PathsObject = {
      "/profiles": {
        get: {
          operationId: "listProfiles",
          responses: { "200": { description: "A page.\n" }, "404": { description: "Missing." } },
        },
        post: {
          operationId: "createProfile",
          requestBody: { description: "The traits.", content: {} },
          responses: {
            "202": { description: "Accepted." },
            "304": { description: "The same profile." },
            "400": { description: "Refused." },
            "503": { description: "Unavailable." },
          },
        },
      },
    };
    const schemas = { Size: { type: "integer" as const, description: "A size.", default: 50, examples: [1] } };
    expect(
      namesOf(paths, { ...schemas, Profile: { type: "object" } }),
    ).toBe(`import type { ErrorOf, RequestOf, ResponseOf } from "../operation-types.ts";
import type { components } from "./openapi.ts";

/**
 * A size.
 *
 * @default 50
 * @example 1
 */
export type Size = components["schemas"]["Size"];

/** Profile */
export type Profile = components["schemas"]["Profile"];

/**
 * Body of a successful response of \`listProfiles\` (200).
 *
 * A page.
 */
export type ListProfilesResponse = ResponseOf<"listProfiles">;

/** Body of an error response of \`listProfiles\`, discriminated by \`status\`: 404. */
export type ListProfilesError = ErrorOf<"listProfiles">;

/**
 * Request body of \`createProfile\`.
 *
 * The traits.
 */
export type CreateProfileRequest = RequestOf<"createProfile">;

/**
 * Body of a successful response of \`createProfile\` (202).
 *
 * Accepted.
 */
export type CreateProfileResponse = ResponseOf<"createProfile">;

/** Body of an error response of \`createProfile\`, discriminated by \`status\`: 400, 503. */
export type CreateProfileError = ErrorOf<"createProfile">;
`);
  });

  it("are deprecated with their operation", () => {
    const announcement = { since: "2026-12-01", sunset: "2027-12-01", replacement: "findProfile" };
    const get = { operationId: "getProfile", responses: {}, deprecated: true, "x-deprecation": announcement };
    const names = namesOf({ "/profiles": { get } });
    expect(
      names.match(/\* @deprecated Since 2026-12-01\. Supported until 2027-12-01\. Use `findProfile` instead\.$/gm),
    ).toHaveLength(2);
  });

  it("have comments without a status and a description if the operation has no success and its body no description", () => {
    const responses = { "400": { description: "Refused." } };
    const post = { operationId: "createProfile", requestBody: { content: {} }, responses };
    const names = namesOf({ "/profiles": { post } });
    expect(names).toContain("/** Request body of `createProfile`. */");
    expect(names).toContain("/** Body of a successful response of `createProfile` (). */");
  });

  it("are those of the schemas where an operation would have the same name", () => {
    const responses = { "200": { description: "A page." } };
    const paths = { "/profiles": { get: { operationId: "listProfiles", responses } } };
    const names = namesOf(paths, { ListProfilesResponse: { type: "object" } });
    expect(names.match(/export type \w+ = .+/g)).toEqual([
      'export type ListProfilesResponse = components["schemas"]["ListProfilesResponse"];',
      'export type ListProfilesError = ErrorOf<"listProfiles">;',
    ]);
  });

  it("are none for a document without components and operations", () => {
    const info = { title: "Profiles", version: "1.0.0" };
    expect(contractNames({ openapi: "3.1.0", info, paths: {} })).not.toContain("export");
  });
});

describe("the named type of an extensible enum", () => {
  it("is its known values or any string, if it is of strings", () => {
    const names = namesOf(
      {},
      {
        Open: { type: "string", enum: ["A", "B"], "x-extensible-enum": true },
        Closed: { type: "string", enum: ["A"], "x-extensible-enum": false },
        OpenNumber: { type: "integer", enum: [1], "x-extensible-enum": true },
      },
    );
    expect(names).toContain('export type Open = "A" | "B" | (string & {});');
    expect(names).toContain('export type Closed = components["schemas"]["Closed"];');
    expect(names).toContain('export type OpenNumber = components["schemas"]["OpenNumber"];');
  });

  it("is any string if it lists no values", () => {
    const Open = { type: "string" as const, "x-extensible-enum": true };
    expect(namesOf({}, { Open })).toContain("export type Open = (string & {});");
  });
});
