import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonSchema, schemaArbitrary } from "../src/index.ts";

const RUNS = 1000;

/** The share of the values for which a predicate holds. */
function share(schema: JsonSchema, holds: (value: unknown) => boolean): number {
  const values = fc.sample(schemaArbitrary(schema), { numRuns: RUNS, seed: 1 });
  return values.filter(holds).length / RUNS;
}

const lengthOf = (value: unknown) => [...String(value)].length;

describe("the values of an arbitrary", () => {
  it("have and lack each optional property, and sometimes have all or none", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const schema = {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, {}])),
      additionalProperties: false,
    };
    for (const name of names) {
      const present = share(schema, (value) => Object.hasOwn(Object(value), name));
      expect(present).toBeGreaterThan(0.3);
      expect(present).toBeLessThan(0.9);
    }
    expect(share(schema, (value) => Object.keys(Object(value)).length === 0)).toBeGreaterThan(0.03);
    expect(share(schema, (value) => Object.keys(Object(value)).length === names.length)).toBeGreaterThan(0.03);
  });

  it("have additional properties only sometimes, if some are declared", () => {
    const extra = share({ type: "object", properties: { a: {} } }, (value) =>
      Object.keys(Object(value)).some((name) => name !== "a"),
    );
    expect(extra).toBeGreaterThan(0.1);
    expect(extra).toBeLessThan(0.6);
  });

  it.each([
    ["strings", { type: "string", minLength: 2, maxLength: 64 }, 2, 64],
    ["strings of a pattern", { type: "string", pattern: "^[a-z]+$", minLength: 2, maxLength: 64 }, 2, 64],
  ])("reach the bounds of the length: %s", (_, schema, shortest, longest) => {
    expect(share(schema, (value) => lengthOf(value) === shortest)).toBeGreaterThan(0.02);
    expect(share(schema, (value) => lengthOf(value) === longest)).toBeGreaterThan(0.02);
  });

  it("reach the bounds of numbers and arrays", () => {
    const numbers = { type: "integer", minimum: 1, maximum: 1_000_000 };
    expect(share(numbers, (value) => value === 1)).toBeGreaterThan(0.02);
    expect(share(numbers, (value) => value === 1_000_000)).toBeGreaterThan(0.02);
    const arrays = { type: "array", items: { type: "null" }, minItems: 1, maxItems: 100 };
    expect(share(arrays, (value) => Array.isArray(value) && value.length === 1)).toBeGreaterThan(0.02);
    expect(share(arrays, (value) => Array.isArray(value) && value.length === 100)).toBeGreaterThan(0.02);
  });

  it("are not only ASCII, and contain characters outside of the BMP, combining ones and NUL", () => {
    const schema = { type: "string" };
    expect(share(schema, (value) => /^[ -~]+$/.test(String(value)))).toBeGreaterThan(0.3);
    expect(share(schema, (value) => /[^ -~]/.test(String(value)))).toBeGreaterThan(0.3);
    expect(share(schema, (value) => /[\u{10000}-\u{10ffff}]/u.test(String(value)))).toBeGreaterThan(0.1);
    expect(share(schema, (value) => /\p{Mark}/u.test(String(value)))).toBeGreaterThan(0.03);
    expect(share(schema, (value) => String(value).includes("\0"))).toBeGreaterThan(0.02);
    expect(share(schema, (value) => /\p{Surrogate}/u.test(String(value)))).toBe(0);
  });

  it("take each branch, each member of an enum and each type", () => {
    const schema = { oneOf: [{ enum: ["a", "b"] }, { type: "integer" }, { type: "array", items: false }] };
    for (const holds of [
      (value: unknown) => value === "a",
      (value: unknown) => value === "b",
      Number.isInteger,
      Array.isArray,
    ]) {
      expect(share(schema, holds)).toBeGreaterThan(0.1);
    }
  });

  it("are nested, and end", () => {
    const tree = {
      type: "object",
      properties: { kids: { type: "array", items: { $ref: "#" } } },
      required: ["kids"],
      additionalProperties: false,
    };
    const depthOf = (value: unknown): number => 1 + Math.max(0, ...[...(Object(value).kids ?? [])].map(depthOf));
    expect(share(tree, (value) => depthOf(value) === 1)).toBeGreaterThan(0.1);
    expect(share(tree, (value) => depthOf(value) >= 3)).toBeGreaterThan(0.1);
    const values = fc.sample(schemaArbitrary(tree, { maxDepth: 6 }), { numRuns: 200, seed: 1 });
    expect(Math.max(...values.map(depthOf))).toBeGreaterThan(4);
  });
});
