import { boundaryValues, invalidArbitrary, schemaArbitrary } from "@memory-api/json-schema-arbitrary";
import fc from "fast-check";
import { expect, it } from "vitest";

const schema = {
  type: "object",
  required: ["name", "age"],
  properties: { name: { type: "string", minLength: 1, maxLength: 64 }, age: { type: "integer", minimum: 0 } },
};

/** The code under test. */
function isPerson(value: unknown): boolean {
  const { name, age } = Object(value);
  return typeof name === "string" && name !== "" && [...name].length <= 64 && Number.isInteger(age) && age >= 0;
}

it("accepts valid people", () => {
  fc.assert(fc.property(schemaArbitrary(schema), isPerson));
});

it("rejects invalid people", () => {
  fc.assert(fc.property(invalidArbitrary(schema), ({ value }) => !isPerson(value)));
});

it("handles the boundaries", () => {
  for (const { value, valid, description } of boundaryValues(schema)) expect(isPerson(value), description).toBe(valid);
});
