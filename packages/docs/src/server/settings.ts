import configuration from "@memory-api/server/configuration.schema.json" with { type: "json" };
import type { Schema } from "../contract/document.ts";

/** A setting of the server at the top of its configuration, with the settings in it. */
export interface Setting {
  readonly name: string;
  readonly schema: Schema;
}

const DEFINITIONS = "#/$defs/";

/** All settings of the server, in the order of the schema of the configuration. */
export const settings: readonly Setting[] = Object.entries(configuration.properties).map(([name, schema]) => ({
  name,
  schema: inlined(schema) as Schema,
}));

/** Replaces each reference to a definition by the definition. */
function inlined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inlined);
  if (typeof value !== "object" || value === null) return value;
  const { $ref, ...rest } = value as { $ref?: string };
  const definition: unknown = $ref && Object(configuration.$defs)[$ref.slice(DEFINITIONS.length)];
  const entries = Object.entries({ ...Object(definition), ...rest });
  return Object.fromEntries(entries.map(([key, part]) => [key, inlined(part)]));
}
