import { openapi } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";

export type Schema = OpenAPIV3_1.SchemaObject;
type Reference = OpenAPIV3_1.ReferenceObject;

/** A component, or a reference to one. */
export type Referable<Component> = Component | Reference;

const SCHEMAS = "#/components/schemas/";

/** The named schemas of the contract, in the order of the contract. */
export const schemas: Readonly<Record<string, Schema>> = openapi.components?.schemas ?? {};

/**
 * Returns what a reference points to, and anything else as it is. Keywords next to the reference take precedence.
 *
 * @throws {Error} if the reference points to nothing
 */
export function resolve<Component extends object>(value: Referable<Component>): Component {
  if (!("$ref" in value) || typeof value.$ref !== "string") return value as Component;
  const { $ref, ...siblings } = value;
  let target: unknown = openapi;
  for (const key of $ref.slice(2).split("/")) {
    target = Object(target)[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  if (target === undefined) throw new Error(`The contract has no ${$ref}.`);
  return { ...resolve(target as Referable<Component>), ...siblings };
}

/** @returns the name of the schema that a reference names; `undefined` for a schema without a name */
export function schemaName(schema: Referable<Schema>): string | undefined {
  return "$ref" in schema && schema.$ref?.startsWith(SCHEMAS) ? schema.$ref.slice(SCHEMAS.length) : undefined;
}
