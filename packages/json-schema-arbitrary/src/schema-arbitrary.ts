import type fc from "fast-check";
import type { JsonSchema, JsonValue } from "./json.ts";
import { type LoadOptions, loadSchema } from "./schema/load-schema.ts";
import { Generator } from "./valid/generator.ts";

export interface SchemaOptions extends LoadOptions {
  /**
   * How often a schema that refers to itself may be nested.
   *
   * @default 3
   */
  readonly maxDepth?: number;
}

export function schemaArbitrary(schema: JsonSchema, options: SchemaOptions = {}): fc.Arbitrary<JsonValue> {
  const loaded = loadSchema(schema, options);
  const generator = new Generator(loaded, options.maxDepth ?? 3);
  const arbitrary = generator.arbitrary([loaded.schema]);
  if (arbitrary === undefined) throw generator.unsatisfiable([loaded.schema]);
  return arbitrary;
}
