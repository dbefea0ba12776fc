import { createRequire } from "node:module";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { schemasWithin } from "./schemas-within.js";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

const require = createRequire(import.meta.url);
const member = { title: "Member" };
const one = { value: member, path: "" };
const list = { value: [member], path: "/0" };
const map = { value: { key: member }, path: "/key" };

/** @typedef {[keyword: string, sample: { value: unknown, path: string }]} Sample A value of a keyword, and the path to a schema in it. */

// Together, each keyword of JSON Schema 2020-12 that holds schemas.
/** @type {Sample[]} */
const ofSameValue = [
  ["allOf", list],
  ["anyOf", list],
  ["oneOf", list],
  ["then", one],
  ["else", one],
  ["dependentSchemas", map],
];

/** @type {Sample[]} */
const ofParts = [
  ["properties", map],
  ["patternProperties", map],
  ["additionalProperties", one],
  ["unevaluatedProperties", one],
  ["items", one],
  ["prefixItems", list],
  ["unevaluatedItems", one],
];

/** @type {Sample[]} */
const leftOut = [
  ["if", one],
  ["not", one],
  ["contains", one],
  ["propertyNames", one],
  ["contentSchema", one],
  ["$defs", map],
];

const closed = { additionalProperties: false, unevaluatedProperties: false };

describe("the walk over the schemas within a schema", () => {
  it("has a test for each keyword of JSON Schema 2020-12 that holds schemas", () => {
    const vocabularies = ["core", "applicator", "unevaluated", "content"].map((name) =>
      require(`ajv/dist/refs/json-schema-2020-12/meta/${name}.json`),
    );
    const keywords = vocabularies.flatMap(({ properties }) =>
      Object.keys(properties).filter((name) => /#meta|schemaArray/.test(JSON.stringify(properties[name]))),
    );
    expect([...ofSameValue, ...ofParts, ...leftOut].map(([keyword]) => keyword).sort()).toEqual(keywords.sort());
  });

  it.each(ofSameValue)(
    "goes on to the schemas of %s, which are about the same value",
    async (keyword, { value, path }) => {
      expect(await walk({ [keyword]: value })).toEqual(["#", `#/${keyword}${path}`]);
      expect(await walk({ ...closed, [keyword]: value })).toEqual(["#", `#/${keyword}${path} (closed around)`]);
    },
  );

  it.each(ofParts)(
    "goes on to the schemas of %s, which are about parts of the value",
    async (keyword, { value, path }) => {
      expect(await walk({ [keyword]: value })).toEqual(["#", `#/${keyword}${path}`]);
      expect(await walk({ ...closed, [keyword]: value })).toEqual(["#", `#/${keyword}${path}`]);
    },
  );

  it.each(leftOut)("does not go on to the schemas of %s", async (keyword, { value }) => {
    expect(await walk({ [keyword]: value })).toEqual(["#"]);
  });

  it.each(["additionalProperties", "unevaluatedProperties"])("counts a schema with %s as closed", async (keyword) => {
    const allOf = [member];
    const openAround = ["#", "#/allOf/0"];
    expect(await walk({ allOf, [keyword]: false })).toEqual(["#", "#/allOf/0 (closed around)"]);
    expect(await walk({ allOf, [keyword]: true })).toEqual(openAround);
    expect(await walk({ allOf, [keyword]: {} })).toEqual([...openAround, `#/${keyword}`]);
  });

  it("leaves out boolean schemas", async () => {
    expect(await walk({ else: true, additionalProperties: false, allOf: [false], properties: { key: true } })).toEqual([
      "#",
    ]);
  });

  it("goes on through a $ref, and past it", async () => {
    const schema = { $ref: "#/components/schemas/Body", ...closed, items: member };
    expect(await walk(schema, { allOf: [member] })).toEqual([
      "#",
      "Body (closed around)",
      "Body/allOf/0 (closed around)",
      "#/items",
    ]);
  });

  it("visits a schema that refers to itself once", async () => {
    const $ref = "#/components/schemas/Body";
    expect(await walk({ $ref }, { properties: { parent: { $ref } } })).toEqual(["#", "Body", "Body/properties/parent"]);
  });

  it("visits a schema once more if it is open in one place and closed around in another", async () => {
    const $ref = "#/components/schemas/Body";
    expect(await walk({ properties: { open: { $ref }, closed: { $ref, ...closed } } }, member)).toEqual([
      "#",
      "#/properties/open",
      "Body",
      "#/properties/closed",
      "Body (closed around)",
    ]);
  });
});

/**
 * Where the walk over the schema of a request body leads, as Redocly resolves it: below the schema (`#`) or below
 * `#/components/schemas/Body`.
 *
 * @param {object} schema
 * @param {object} [Body]
 */
async function walk(schema, Body = {}) {
  const paths = { "/profiles": { post: { requestBody: { content: { "application/json": { schema } } } } } };
  const source = JSON.stringify({ openapi: "3.1.0", paths, components: { schemas: { Body } } });
  const config = await createConfig({
    plugins: [{ id: "walk", rules: { oas3: { report: reportSchemasWithin } } }],
    rules: { "walk/report": "error" },
  });
  const problems = await lintFromString({ source, config });
  return problems.map(({ message }) => message);
}

/** @type {Oas3Rule} */
function reportSchemasWithin() {
  return {
    RequestBody({ content = {} }, { report, resolve, location }) {
      const place = location.child(["content", "application/json", "schema"]);
      const schema = content["application/json"]?.schema;
      if (schema === undefined) return;
      for (const found of schemasWithin(schema, place, resolve, new Set())) {
        const path = found.location.pointer.replace(place.pointer, "#").replace("#/components/schemas/", "");
        report({ message: found.closedAround ? `${path} (closed around)` : path, location: found.location });
      }
    },
  };
}
