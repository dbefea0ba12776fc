import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { contractValues } from "../generator/contract-values.ts";

type Operation = OpenAPIV3_1.OperationObject & { "x-repeatable"?: unknown };

const empty: OpenAPIV3_1.Document = { openapi: "3.1.0", info: { title: "Profiles", version: "1.0.0" }, paths: {} };
const valuesOfSchemas = (schemas: Record<string, OpenAPIV3_1.SchemaObject>) =>
  contractValues({ ...empty, components: { schemas } });

/** The values of a document with one operation, and these components beside it if there are any. */
function valuesOf(operation: Operation, components?: OpenAPIV3_1.ComponentsObject): string {
  const pathItem: OpenAPIV3_1.PathItemObject = {};
  // Assigned, because openapi-types refuses its own OperationObject as a member of a path item.
  Object.assign(pathItem, { post: { operationId: "createProfile", ...operation } });
  return contractValues({ ...empty, paths: { "/profiles": pathItem }, ...(components && { components }) });
}

describe("the generated values", () => {
  it("contain the base URL, the operations, the patterns and the enums", () => {
    const post = {
      operationId: "createProfile",
      "x-repeatable": true,
      parameters: [{ name: "dryRun", in: "query", schema: { $ref: "#/components/schemas/DryRun" } }],
      requestBody: { content: { "application/json": {} } },
      responses: {
        "201": {
          description: "Created.",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Profile" } } },
        },
        "400": { description: "Refused." },
      },
    };
    const document: OpenAPIV3_1.Document = {
      ...empty,
      servers: [{ url: "https://live.example" }, { url: "https://sandbox.example" }],
      paths: { "/stores/{storeId}/profiles": { parameters: [{ $ref: "#/components/parameters/storeId" }], post } },
      components: {
        parameters: {
          storeId: { name: "storeId", in: "path", required: true, schema: { $ref: "#/components/schemas/StoreId" } },
        },
        schemas: {
          StoreId: { type: "string", pattern: "^s/[0-9]+$" },
          ProfileId: { type: "string", pattern: "^p$" },
          DryRun: { type: "boolean" },
          Profile: { type: "object", required: ["id"] },
          Status: { type: "string", enum: ["NEW", "MERGED"] },
        },
      },
    };
    expect(contractValues(document)).toBe(`/** Base URL of the live service, without a trailing slash. */
export const baseUrl = "https://live.example";

/** Each operation: its method and path, its parameters, its statuses, the required properties of its success, and whether it is repeatable. */
export const operations = {
  "createProfile": {
    "id": "createProfile",
    "method": "POST",
    "path": "/stores/{storeId}/profiles",
    "pathParameters": {
      "storeId": "StoreId"
    },
    "queryParameters": {
      "dryRun": "DryRun"
    },
    "mediaType": "application/json",
    "statuses": [
      201,
      400
    ],
    "requiredProperties": [
      "id"
    ],
    "authenticated": true,
    "repeatable": true
  }
} as const;

/** The patterns by schema name. */
export const patterns = {
  "StoreId": /^s\\/[0-9]+$/u,
  "ProfileId": /^p$/u,
} as const;

/** The enum values by schema name. */
export const enums = {
  "Status": [
    "NEW",
    "MERGED"
  ]
} as const;
`);
  });

  it.each([
    ["without servers, operations and schemas", empty],
    ["with empty servers, operations and schemas", { ...empty, servers: [], components: {} }],
  ])("are empty for a document %s", (_, document) => {
    const values = contractValues(document);
    expect(values).toContain("export const baseUrl = undefined;\n");
    expect(values).toContain("export const operations = {} as const;\n");
    expect(values).toContain("export const patterns = {\n} as const;\n");
    expect(values).toContain("export const enums = {} as const;\n");
  });

  it("reject a pattern that is valid only without the flag u", () => {
    expect(() => valuesOfSchemas({ Id: { type: "string", pattern: "^\\-$" } })).toThrow(SyntaxError);
  });

  it("contain the enums of numbers and those that may grow like all others", () => {
    const Level = { type: "integer" as const, enum: [1, 2], "x-extensible-enum": true };
    expect(valuesOfSchemas({ Level })).toContain(
      'export const enums = {\n  "Level": [\n    1,\n    2\n  ]\n} as const;\n',
    );
  });
});

describe("the parameters of an operation", () => {
  const schema = { $ref: "#/components/schemas/Id" };

  it("come from the path, then from the operation; those in headers are left out", () => {
    const values = contractValues({
      ...empty,
      paths: {
        "/profiles/{id}": {
          parameters: [
            { name: "id", in: "path", schema },
            { name: "view", in: "query", schema },
          ],
          get: {
            operationId: "fetchProfile",
            parameters: [
              { name: "view", in: "query", schema: { $ref: "#/components/schemas/View" } },
              { name: "If-Match", in: "header", schema },
            ],
            responses: {},
          },
        },
      },
    });
    expect(values).toContain('"pathParameters": {\n      "id": "Id"\n    }');
    expect(values).toContain('"queryParameters": {\n      "view": "View"\n    }');
    expect(values).not.toContain("If-Match");
  });

  it.each([undefined, {}])("reject one that refers to a parameter of the components %j", (components) => {
    const parameters = [{ $ref: "#/components/parameters/id" }];
    expect(() => valuesOf({ parameters }, components)).toThrow(
      "createProfile: a parameter does not refer to a named schema.",
    );
  });

  it.each<[string, OpenAPIV3_1.ParameterObject | OpenAPIV3_1.ReferenceObject]>([
    ["has a schema of its own", { name: "id", in: "query", schema: { type: "string" } }],
    ["has no schema", { name: "id", in: "query" }],
    ["refers to a missing parameter", { $ref: "#/components/parameters/missing" }],
    ["refers to another reference", { $ref: "#/components/parameters/reference" }],
  ])("reject one that %s", (_, parameter) => {
    const parameters = { reference: { $ref: "#/components/parameters/id" } };
    expect(() => valuesOf({ parameters: [parameter] }, { parameters })).toThrow(
      "createProfile: a parameter does not refer to a named schema.",
    );
  });
});

describe("the media type of an operation", () => {
  it.each<[string, string, OpenAPIV3_1.OperationObject]>([
    ["null", "there is no request body", {}],
    ["null", "the request body has no content", { requestBody: { content: {} } }],
    ["null", "the request body is a reference", { requestBody: { $ref: "#/components/requestBodies/Profile" } }],
    [
      '"text/csv"',
      "it is the first of several",
      { requestBody: { content: { "text/csv": {}, "application/json": {} } } },
    ],
  ])("is %s if %s", (mediaType, _, operation) => {
    expect(valuesOf(operation)).toContain(`"mediaType": ${mediaType},\n`);
  });
});

describe("the required properties of a success", () => {
  const json = (schema: OpenAPIV3_1.SchemaObject | OpenAPIV3_1.ReferenceObject) => ({
    description: "A response.",
    content: { "application/json": { schema } },
  });
  const components = { schemas: { Profile: { required: ["id"] }, Error: { required: ["message"] } } };
  const profile = { $ref: "#/components/schemas/Profile" };

  it.each<[string, OpenAPIV3_1.ResponsesObject]>([
    ["a named schema", { "200": json(profile) }],
    ["a schema of its own", { "200": json({ required: ["id"] }) }],
    ["the first success, after a redirect", { "304": json({ required: ["no"] }), "202": json(profile) }],
    ["the first of several", { "200": json(profile), "201": json({ required: ["no"] }) }],
  ])("are those of %s", (_, responses) => {
    expect(valuesOf({ responses }, components)).toContain('"requiredProperties": [\n      "id"\n    ]');
  });

  it.each([undefined, {}])("are none if the schema is missing from the components %j", (none) => {
    expect(valuesOf({ responses: { "200": json(profile) } }, none)).toContain('"requiredProperties": [],\n');
  });

  it.each<[string, OpenAPIV3_1.OperationObject]>([
    ["there are no responses", {}],
    ["there is no success", { responses: { "400": json({ $ref: "#/components/schemas/Error" }) } }],
    ["the success has no content", { responses: { "204": { description: "Done." } } }],
    ["the success is not JSON", { responses: { "200": { description: "Rows.", content: { "text/csv": {} } } } }],
    ["the success is a reference", { responses: { "200": { $ref: "#/components/responses/Profile" } } }],
    ["the schema requires nothing", { responses: { "200": json({ type: "object" }) } }],
    ["the schema is missing", { responses: { "200": json({ $ref: "#/components/schemas/Missing" }) } }],
  ])("are none if %s", (_, operation) => {
    expect(valuesOf(operation, components)).toContain('"requiredProperties": [],\n');
  });
});

it.each<[boolean, string, OpenAPIV3_1.OperationObject]>([
  [true, "without security of its own", {}],
  [true, "with security", { security: [{ apiKey: [] }] }],
  [false, "with empty security", { security: [] }],
])("authenticated is %s for an operation %s", (authenticated, _, operation) => {
  expect(valuesOf(operation)).toContain(`"authenticated": ${authenticated},\n`);
});

it.each([
  [true, true],
  [false, false],
  [undefined, false],
  ["true", false],
])("repeatable with x-repeatable %j is %s", (mark, repeatable) => {
  expect(valuesOf({ "x-repeatable": mark })).toContain(`"repeatable": ${repeatable}\n`);
});
