import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundaryValues, invalidArbitrary, type JsonSchema, SchemaError, schemaArbitrary } from "../src/index.ts";
import { hardSchemas } from "./schemas/hard-schemas.ts";
import { supportedSchemas } from "./schemas/supported-schemas.ts";
import { judgeOf } from "./support/judge.ts";
import { visited } from "./support/visited.ts";

const isSoak = process.env["SOAK"] === "1";
const SEEDS = isSoak ? [1, 2, 3] : [1];
/** Values whose smaller versions are judged too. */
const SHRUNK = isSoak ? 4 : 2;

describe.each(Object.entries({ ...supportedSchemas, ...hardSchemas }))("%s", (_, schema) => {
  const accepts = judgeOf(schema);

  it("has valid values", () => {
    const values = schemaArbitrary(schema);
    for (const seed of SEEDS) {
      const invalid = fc.sample(values, { numRuns: 150, seed }).filter((value) => !accepts(value));
      expect(invalid).toEqual([]);
    }
  });

  it("has valid values after each step of shrinking", () => {
    const invalid = visited(schemaArbitrary(schema), SHRUNK).filter((value) => !accepts(value));
    expect(invalid).toEqual([]);
  });

  it("has values that JSON preserves", () => {
    for (const value of fc.sample(schemaArbitrary(schema), { numRuns: 50, seed: 1 })) {
      expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value);
    }
  });

  it("has invalid values, also after each step of shrinking, of a keyword that stays the same", () => {
    const invalid = invalidOf(schema);
    if (invalid === undefined) return;
    for (const seed of SEEDS) {
      expect(fc.sample(invalid, { numRuns: 80, seed }).filter(({ value }) => accepts(value))).toEqual([]);
    }
    for (let seed = 1; seed <= SHRUNK; seed++) {
      const steps = visited(invalid, 1, seed);
      expect(steps.filter(({ value }) => accepts(value))).toEqual([]);
      expect(new Set(steps.map(({ keyword, schemaPath }) => `${schemaPath} ${keyword}`)).size).toBe(1);
    }
  });

  it("has boundary values that are labeled as they are, always the same ones", () => {
    const texts: string[] = [];
    for (const { value, valid, keyword, description } of boundaryValues(schema)) {
      if (accepts(value) !== valid) expect({ value, valid, keyword, description }).toBe(undefined);
      texts.push(JSON.stringify(value));
    }
    expect(texts.length).toBeGreaterThan(0);
    expect([...boundaryValues(schema)].map(({ value }) => JSON.stringify(value))).toEqual(texts);
  });
});

/** Only two of the schemas accept every value. */
function invalidOf(schema: JsonSchema) {
  try {
    return invalidArbitrary(schema);
  } catch (error) {
    if (!(error instanceof SchemaError) || error.code !== "no-invalid-value") throw error;
    expect([true, "{}"]).toContain(schema === true ? schema : JSON.stringify(schema));
    return undefined;
  }
}
