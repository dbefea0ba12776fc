import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { explainMismatch } from "../../src/http/checks/explain-mismatch.ts";

function explain(schema: object, value: unknown, at = "/at"): string | undefined {
  const validate = new Ajv2020({ verbose: true, strict: false }).compile(schema);
  validate(value);
  const [error] = validate.errors ?? [];
  return error && explainMismatch(at, error);
}

describe("the explanation of a mismatch", () => {
  it.each<[schema: object, value: unknown, explanation: string]>([
    [{ type: "string" }, 1, "must be a string"],
    [{ type: "number" }, "", "must be a number"],
    [{ type: "boolean" }, "", "must be a boolean"],
    [{ type: "null" }, "", "must be null"],
    [{ type: "integer" }, "", "must be an integer"],
    [{ type: "array" }, "", "must be an array"],
    [{ type: "object" }, "", "must be an object"],
    [{ type: ["string", "array", "null"] }, 1, "must be a string or an array or null"],
    [{ enum: ["ASC", "DESC"] }, "", "must be one of ASC, DESC"],
    [{ minimum: 1 }, 0, "must be at least 1"],
    [{ maximum: 1 }, 2, "must be at most 1"],
    [{ minLength: 1 }, "", "must have at least 1 character"],
    [{ maxLength: 2 }, "abc", "must have at most 2 characters"],
    [{ minItems: 2 }, [], "must have at least 2 items"],
    [{ maxItems: 1 }, [1, 2], "must have at most 1 item"],
    [{ maxProperties: 0 }, { a: 1 }, "must have at most 0 properties"],
    [{ maxProperties: 1 }, { a: 1, b: 1 }, "must have at most 1 property"],
    [{ pattern: "^a$" }, "b", "must match the pattern ^a$"],
    [{ multipleOf: 2 }, 1, "must be multiple of 2"],
  ])("of %j is in plain words", (schema, value, explanation) => {
    expect(explain(schema, value)).toBe(`/at: ${explanation}`);
  });

  it("names the place by a pointer, or says that it is the body", () => {
    const schema = { items: { type: "object" } };
    expect(explain(schema, [{}, 1])).toBe("/at/1: must be an object");
    expect(explain(schema, [1], "")).toBe("/0: must be an object");
    expect(explain({ type: "object" }, 1, "")).toBe("The body: must be an object");
  });

  it("names a property that is missing or unknown, and those that are known", () => {
    const schema = { properties: { name: {}, size: {} }, required: ["name"], additionalProperties: false };
    expect(explain(schema, {})).toBe("/at/name: is missing");
    expect(explain(schema, { name: 1, "a/b": 1 })).toBe("/at/a~1b: unknown property; known properties: name, size");
    expect(explain({ additionalProperties: false }, { a: 1 })).toBe("/at/a: unknown property; known properties: ");
  });

  it("says that it is about the name of a property", () => {
    const schema = { propertyNames: { pattern: "^a$", maxLength: 3 } };
    expect(explain(schema, { "b/": 1 })).toBe("/at/b~1: the name must match the pattern ^a$");
  });
});
