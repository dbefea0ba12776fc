import { openapi } from "@memory-api/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundaryValues, invalidArbitrary, schemaArbitrary } from "../src/index.ts";
import { judgeOf } from "./support/judge.ts";
import { visited } from "./support/visited.ts";

const isSoak = process.env["SOAK"] === "1";
const RUNS = isSoak ? 150 : 50;
/** Values whose smaller versions are judged too. */
const SHRUNK = isSoak ? 2 : 1;
const schemas = Object.entries(openapi.components?.schemas ?? {});

describe("the schemas of the contract", () => {
  it("are found", () => {
    expect(schemas.length).toBeGreaterThan(30);
  });
});

describe.each(schemas)("%s", (name, schema) => {
  const accepts = judgeOf({}, { document: openapi, pointer: `/components/schemas/${name}` });
  const options = { root: openapi };

  it("has valid values, also after each step of shrinking", () => {
    const values = schemaArbitrary(schema, options);
    expect(fc.sample(values, { numRuns: RUNS, seed: 1 }).filter((value) => !accepts(value))).toEqual([]);
    expect(visited(values, SHRUNK).filter((value) => !accepts(value))).toEqual([]);
  });

  it("has invalid values, also after each step of shrinking", () => {
    const values = invalidArbitrary(schema, options);
    expect(fc.sample(values, { numRuns: RUNS, seed: 1 }).filter(({ value }) => accepts(value))).toEqual([]);
    expect(visited(values, SHRUNK).filter(({ value }) => accepts(value))).toEqual([]);
  });

  it("has boundary values that are labeled as they are", () => {
    for (const boundary of boundaryValues(schema, { ...options, maxSize: 5000 })) {
      if (accepts(boundary.value) !== boundary.valid) expect(boundary).toBe(undefined);
    }
  });
});

describe("the invalid values of a request", () => {
  it("break each keyword of its schema and of what it refers to", () => {
    const request = openapi.components?.schemas?.["CreateProfilesImportV2Request"];
    const values = fc.sample(invalidArbitrary(request ?? {}, { root: openapi }), { numRuns: 1500, seed: 1 });
    const places = new Set(
      values.map(({ keyword, schemaPath }) => `${schemaPath.replace("/components/schemas/", "")} ${keyword}`),
    );
    expect([...places].filter((place) => !place.endsWith(" type")).sort()).toEqual([
      "ColumnMapping additionalProperties",
      "ColumnMapping required",
      "ColumnMapping/properties/columnName maxLength",
      "ColumnMappings maxItems",
      "ColumnMappings minItems",
      "CreateProfilesImportV2Request additionalProperties",
      "CreateProfilesImportV2Request required",
      "FileSize maximum",
      "FileSize minimum",
      "Filename maxLength",
      "TraitGroupName maxLength",
      "TraitGroupName minLength",
      "TraitGroupName pattern",
      "TraitName maxLength",
    ]);
  });
});
