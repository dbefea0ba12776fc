import fc from "fast-check";
import { expect, it } from "vitest";
import { invalidArbitrary, type JsonSchema, type JsonValue, SchemaError, schemaArbitrary } from "../src/index.ts";
import { judgeOf } from "./support/judge.ts";
import { randomSchemas } from "./support/random-schemas.ts";

const schemas = fc.sample(randomSchemas, { numRuns: 150, seed: 1 });

/** Values of which some are valid for most schemas. */
const pool: readonly JsonValue[] = [
  ...fc
    .sample(fc.jsonValue({ maxDepth: 2 }), { numRuns: 300, seed: 1 })
    .map((value) => JSON.parse(JSON.stringify(value))),
  ...[0, 1, 2, 3, 4, 5, 6, 8, 10, "", "a", "b", "ab", "aa", "1", "12", "a1", null, true].flatMap((value) => [
    ...[
      value,
      [value],
      [value, value],
      { a: value },
      { b: value },
      { a: value, b: value },
      { kind: value },
      { ab: value },
    ],
  ]),
];

/** Returns the arbitrary, or undefined if there is an error with this code. */
function attempt<T>(create: () => T, code: SchemaError["code"]): T | undefined {
  try {
    return create();
  } catch (error) {
    if (error instanceof SchemaError && error.code === code) return undefined;
    throw error;
  }
}

/** Whether Ajv accepts a value. Undefined if the code that it generates throws, or if it accepts `[]` regardless of `minContains`. */
function verdict(accepts: (value: JsonValue) => boolean, value: JsonValue): boolean | undefined {
  try {
    return JSON.stringify(value) === "[]" ? undefined : accepts(value);
  } catch {
    return undefined;
  }
}

it("generates valid and invalid values of schemas that nobody wrote, and finds out which are unsatisfiable", () => {
  const counts = { satisfiable: 0, unsatisfiable: 0 };
  const wrong: { schema: JsonSchema; value: JsonValue }[] = [];
  for (const schema of schemas) {
    const accepts = judgeOf(schema);
    const valid = attempt(() => schemaArbitrary(schema), "unsatisfiable");
    const samples = valid === undefined ? [] : fc.sample(valid, { numRuns: 20, seed: 1 });
    counts[valid === undefined ? "unsatisfiable" : "satisfiable"]++;
    const missed = valid === undefined ? pool.find((value) => verdict(accepts, value) === true) : undefined;
    if (missed !== undefined) wrong.push({ schema, value: missed });
    wrong.push(...samples.filter((value) => verdict(accepts, value) === false).map((value) => ({ schema, value })));
    const invalid = attempt(() => invalidArbitrary(schema), "no-invalid-value");
    for (const { value } of invalid === undefined ? [] : fc.sample(invalid, { numRuns: 10, seed: 1 })) {
      if (verdict(accepts, value) === true) wrong.push({ schema, value });
    }
  }
  expect(wrong).toEqual([]);
  expect(counts.satisfiable).toBeGreaterThan(60);
  expect(counts.unsatisfiable).toBeGreaterThan(10);
});
