import fc from "fast-check";
import type { JsonSchema, JsonValue } from "../json.ts";
import { loadSchema } from "../schema/load-schema.ts";
import type { SchemaOptions } from "../schema-arbitrary.ts";
import { SchemaError } from "../schema-error.ts";
import { checked } from "../valid/checked.ts";
import { Generator } from "../valid/generator.ts";
import { placesOf, pointerOf, replaced } from "./places.ts";
import { type Violation, violationsOf } from "./violations.ts";

/** A value that a schema rejects. */
export interface InvalidValue {
  readonly value: JsonValue;
  /** The keyword that rejects the value, such as `maxLength`; `false schema` for a schema that is `false`. */
  readonly keyword: string;
  /** JSON pointer to the part of the value that the keyword rejects. */
  readonly instancePath: string;
  /** JSON pointer to the schema that has the keyword. */
  readonly schemaPath: string;
}

const PROBES = 25;

/**
 * Returns an arbitrary of values that a schema rejects, each with the keyword that rejects it. As far as possible, a value breaks
 * only this keyword. Shrinking keeps the keyword.
 *
 * @throws {SchemaError} as {@link schemaArbitrary} does, and with the code `no-invalid-value` if the schema accepts every value
 *
 * @example
 * const names = invalidArbitrary({ type: "string", maxLength: 64 });
 * fc.assert(fc.property(names, ({ value, keyword }) => keyword === "maxLength" || typeof value !== "string"));
 */
export function invalidArbitrary(schema: JsonSchema, options: SchemaOptions = {}): fc.Arbitrary<InvalidValue> {
  const loaded = loadSchema(schema, options);
  const generator = new Generator(loaded, options.maxDepth ?? 3);
  const arbitraries = placesOf(generator, [loaded.schema], undefined).flatMap(({ schemas, contexts }) =>
    violationsOf(schemas, generator.set).flatMap((violation) => violating(generator, violation, contexts) ?? []),
  );
  if (arbitraries.length === 0) {
    throw new SchemaError("no-invalid-value", "", "", "The schema accepts every value, or no invalid one was found.");
  }
  return fc.oneof(...arbitraries);
}

type Contexts = ReturnType<typeof placesOf>[number]["contexts"];

function violating(
  generator: Generator,
  violation: Violation,
  contexts: Contexts,
): fc.Arbitrary<InvalidValue> | undefined {
  const { keyword, schema } = violation;
  const schemaPath = generator.set.pointerOf(schema);
  const breaks = ({ value, instancePath }: InvalidValue) => isBroken(generator, keyword, value, instancePath);
  for (const wanted of [violation.wanted, violation.broken]) {
    const parts = generator.arbitrary(wanted);
    if (parts === undefined) continue;
    const values = fc.tuple(contexts, parts).map(([{ root, path }, part]): InvalidValue => {
      return { value: replaced(root, path, part), keyword, instancePath: pointerOf(path), schemaPath };
    });
    const breaking = checked(values, breaks, PROBES);
    if (breaking !== undefined) return breaking;
  }
  return undefined;
}

/** Whether the schema rejects a value because of the keyword, and not only because of others. */
function isBroken({ validity }: Generator, keyword: string, value: JsonValue, instancePath: string): boolean {
  if (!validity.rejects(value)) return false;
  if (keyword === "dependentSchemas") return true;
  return validity
    .errors(value)
    .some((error) => error.keyword === reported(keyword) && error.instancePath === instancePath);
}

/** Ajv reports all three as `contains`. */
function reported(keyword: string): string {
  return keyword === "minContains" || keyword === "maxContains" ? "contains" : keyword;
}
