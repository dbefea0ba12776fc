import type fc from "fast-check";
import type { JsonSchema, JsonValue } from "./json.ts";
import { type LoadOptions, loadSchema } from "./schema/load-schema.ts";
import { Generator } from "./valid/generator.ts";

export interface SchemaOptions extends LoadOptions {
  /**
   * How deep a schema that refers to itself may be nested.
   *
   * @default 3
   */
  readonly maxDepth?: number;
}

/**
 * Returns an arbitrary of the values that a schema accepts. Shrinking keeps them valid.
 *
 * The schema is read once, here. Create the arbitrary outside of the property that uses it.
 *
 * @throws {SchemaError} if the schema is invalid or unsatisfiable, or has a keyword, format or pattern that is not supported.
 * If this is known only after a sample, the arbitrary throws the error when it generates a value.
 *
 * @example
 * const profiles = schemaArbitrary({ type: "object", properties: { age: { type: "integer", minimum: 0 } }, required: ["age"] });
 * fc.assert(fc.property(profiles, (profile) => JSON.parse(JSON.stringify(profile)).age >= 0));
 */
export function schemaArbitrary(schema: JsonSchema, options: SchemaOptions = {}): fc.Arbitrary<JsonValue> {
  const loaded = loadSchema(schema, options);
  const generator = new Generator(loaded, options.maxDepth ?? 3);
  const arbitrary = generator.arbitrary([loaded.schema]);
  if (arbitrary === undefined) throw generator.unsatisfiable([loaded.schema]);
  return arbitrary;
}
