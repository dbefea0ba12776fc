import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { withDocumentation } from "../generator/with-documentation.ts";

type Schemas = Record<string, OpenAPIV3_1.SchemaObject>;

const withSchemas = (schemas: Schemas, paths: OpenAPIV3_1.PathsObject = {}): OpenAPIV3_1.Document => ({
  openapi: "3.1.0",
  info: { title: "Profiles", version: "1.0.0" },
  paths,
  components: { schemas },
});
const documented = (schemas: Schemas) => withDocumentation(withSchemas(schemas)).components?.schemas;

/** What the one parameter of a bundle becomes. */
function documentedParameter(parameter: OpenAPIV3_1.ParameterObject | OpenAPIV3_1.ReferenceObject, schemas: Schemas) {
  return withDocumentation(withSchemas(schemas, { "/profiles": { parameters: [parameter] } })).paths?.["/profiles"]
    ?.parameters?.[0];
}

const PageSize = { type: "integer", description: "How many at most.", minimum: 0, maximum: 1000, default: 50 } as const;

describe("the description of a schema", () => {
  it("ends with its bounds, always in the same order", () => {
    const bounds = { maxProperties: 8, maxItems: 7, minItems: 6, maximum: 5, minimum: 0, maxLength: 3, minLength: 2 };
    const Everything = { type: "string", description: "All of them.\n", ...bounds, pattern: "^[a-z]+$" } as const;
    expect(documented({ Everything })?.["Everything"]?.description).toBe(
      "All of them.\n\nBounds: pattern `^[a-z]+$`, minLength `2`, maxLength `3`, minimum `0`, maximum `5`, minItems `6`, maxItems `7`, maxProperties `8`.",
    );
  });

  it("is the bounds alone if it has none of its own", () => {
    expect(
      documented({ Id: { type: "string", maxLength: 32 }, Tag: { type: "string", description: " ", maxLength: 9 } }),
    ).toEqual({
      Id: { type: "string", maxLength: 32, description: "Bounds: maxLength `32`." },
      Tag: { type: "string", maxLength: 9, description: "Bounds: maxLength `9`." },
    });
  });

  it("stays as it is without bounds, but for the space around it", () => {
    expect(documented({ Id: { type: "string", description: " An ID.\n" }, Tag: { type: "string" } })).toStrictEqual({
      Id: { type: "string", description: "An ID." },
      Tag: { type: "string" },
    });
  });

  it("contains the bounds of a schema with several types", () => {
    expect(documented({ Scalar: { type: ["string", "number"], maxLength: 9 } })?.["Scalar"]?.description).toBe(
      "Bounds: maxLength `9`.",
    );
  });

  it("has no bounds if the schema has no type", () => {
    const Narrowed = { description: "Fewer.", maxItems: 3 };
    expect(documented({ Narrowed })).toEqual({ Narrowed });
  });

  it("does not take properties for bounds", () => {
    const Sizes = { type: "object" as const, properties: { type: { enum: ["A"] }, maxItems: { enum: [1] } } };
    expect(documented({ Sizes })).toEqual({ Sizes });
  });

  it("has its bounds at any depth", () => {
    const email = { type: "string" as const, maxLength: 255 };
    const profile = (emails: OpenAPIV3_1.SchemaObject) => ({
      Profile: { properties: { emails: { anyOf: [emails] } } },
    });
    expect(documented(profile(email))).toEqual(profile({ ...email, description: "Bounds: maxLength `255`." }));
  });

  it("has the bounds of a property in the property, once", () => {
    const Profile = { properties: { id: { type: "string" as const, maxLength: 32 } } };
    expect(documented({ Profile })?.["Profile"]?.properties?.["id"]).toMatchObject({
      description: "Bounds: maxLength `32`.",
    });
  });

  it("leaves examples alone", () => {
    const Filter = { type: "object" as const, examples: [{ type: "string", maxLength: 3 }] };
    expect(documented({ Filter })).toEqual({ Filter });
  });
});

describe("a property that refers to a schema", () => {
  const propertyOf = (property: OpenAPIV3_1.ReferenceObject, schemas: Schemas = { PageSize }) =>
    documented({ ...schemas, Query: { properties: { size: property } } })?.["Query"]?.properties?.["size"];
  const $ref = "#/components/schemas/PageSize";

  it("has the description, the bounds and the default of that schema", () => {
    expect(propertyOf({ $ref })).toEqual({
      $ref,
      description: "How many at most.\n\nBounds: minimum `0`, maximum `1000`.",
      default: 50,
    });
  });

  it("keeps what it says itself", () => {
    const siblings = { description: "How many in a page.", maximum: 10, default: 5 };
    expect(propertyOf({ $ref, ...siblings })).toEqual({
      $ref,
      ...siblings,
      description: "How many in a page.\n\nBounds: minimum `0`, maximum `10`.",
    });
  });

  it("has its bounds once if it repeats the type", () => {
    expect(propertyOf(Object.assign({ $ref }, { type: "integer", maximum: 10 }))).toMatchObject({
      description: "How many at most.\n\nBounds: minimum `0`, maximum `10`.",
    });
  });

  it.each([false, 0, "", null])("has the default %j", (value) => {
    expect(propertyOf({ $ref }, { PageSize: { default: value } })).toEqual({ $ref, default: value });
  });

  it("gains nothing from a schema without description, bounds and default, or from a missing one", () => {
    expect(propertyOf({ $ref }, { PageSize: { type: "integer" } })).toEqual({ $ref });
    expect(propertyOf({ $ref }, {})).toEqual({ $ref });
  });
});

describe("a reference elsewhere", () => {
  it("stays as it is in a media type", () => {
    const content = { "application/json": { schema: { $ref: "#/components/schemas/PageSize" } } };
    const bundle = withSchemas({ PageSize });
    const components = { ...bundle.components, responses: { Page: { description: "A page.", content } } };
    expect(withDocumentation({ ...bundle, components }).components?.responses?.["Page"]).toEqual({
      description: "A page.",
      content,
    });
  });

  it("stays as it is in a schema", () => {
    const Pages = { type: "array", items: { $ref: "#/components/schemas/PageSize" } } as const;
    expect(documented({ PageSize, Pages })?.["Pages"]).toEqual(Pages);
  });
});

describe("a parameter", () => {
  const schema = { $ref: "#/components/schemas/PageSize" };

  it("has the description, the bounds and the default of the schema it refers to", () => {
    const parameter = { name: "pageSize", in: "query", schema };
    expect(documentedParameter(parameter, { PageSize })).toEqual({
      ...parameter,
      description: "How many at most.\n\nBounds: minimum `0`, maximum `1000`.",
      default: 50,
    });
  });

  it("keeps its own description", () => {
    const parameter = { name: "pageSize", in: "query", description: "The page size.", schema };
    expect(documentedParameter(parameter, { PageSize })).toMatchObject({
      description: "The page size.\n\nBounds: minimum `0`, maximum `1000`.",
    });
  });

  it("has the bounds of a schema of its own", () => {
    const parameter = { name: "tag", in: "query", schema: { type: "string", maxLength: 9 } } as const;
    expect(documentedParameter(parameter, {})).toMatchObject({
      description: expect.stringMatching(/^Bounds: maxLength `9`\./),
    });
  });

  it("that is a reference, or has no schema, stays as it is", () => {
    const reference = { $ref: "#/components/parameters/PageSize" };
    expect(documentedParameter(reference, { PageSize })).toEqual(reference);
    const parameter = { name: "filter", in: "query", content: {} };
    expect(documentedParameter(parameter, { PageSize })).toEqual(parameter);
  });
});

it("leaves the given bundle as it is", () => {
  const bundle = withSchemas({ PageSize, Query: { properties: { size: { $ref: "#/components/schemas/PageSize" } } } });
  const before = structuredClone(bundle);
  withDocumentation(bundle);
  expect(bundle).toEqual(before);
});

it("accepts a bundle without schemas", () => {
  const bundle: OpenAPIV3_1.Document = { openapi: "3.1.0", info: { title: "Profiles", version: "1.0.0" }, paths: {} };
  expect(withDocumentation(bundle)).toEqual(bundle);
});

describe("a deprecation", () => {
  const announced = (replacement: string | null) => ({
    deprecated: true,
    "x-deprecation": { since: "2026-12-01", sunset: "2027-12-01", replacement },
  });

  it("becomes a tag at the end of the description, also beside a reference", () => {
    const Email = { type: "string", description: "An address.\n", maxLength: 9 } as const;
    const properties = {
      mail: { $ref: "#/components/schemas/Email", ...announced("email") },
      fax: { type: "boolean", ...announced(null) } as const,
    };
    expect(documented({ Email, Profile: { type: "object", properties } })?.["Profile"]?.properties).toMatchObject({
      mail: {
        description:
          "An address.\n\nBounds: maxLength `9`.\n\n@deprecated Since 2026-12-01. Supported until 2027-12-01. Use `email` instead.",
      },
      fax: { description: "@deprecated Since 2026-12-01. Supported until 2027-12-01. Nothing replaces it." },
    });
  });

  it("is not read from an example", () => {
    const Profile: OpenAPIV3_1.SchemaObject = { type: "object", examples: [announced("email")] };
    expect(documented({ Profile })).toEqual({ Profile });
  });
});
