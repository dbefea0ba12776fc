import type { OpenAPIV3_1 } from "openapi-types";
import { operationsOf } from "./operations-of.ts";

/**
 * Source of the named types: one for each schema, and for each operation `<Operation>Request`, `<Operation>Response` and
 * `<Operation>Error`. Where a schema bears such a name already, it is that type.
 */
export function contractNames(bundle: OpenAPIV3_1.Document): string {
  const schemas = Object.keys(bundle.components?.schemas ?? {});
  const ofSchemas = schemas.map((name) => `export type ${name} = components["schemas"]["${name}"];`);
  const ofOperations = operationsOf(bundle).flatMap(({ id, operation }) => {
    const name = id.charAt(0).toUpperCase() + id.slice(1);
    const aliases: [string, string][] = [
      [`${name}Response`, `ResponseOf<"${id}">`],
      [`${name}Error`, `ErrorOf<"${id}">`],
    ];
    if (operation.requestBody !== undefined) aliases.unshift([`${name}Request`, `RequestOf<"${id}">`]);
    return aliases
      .filter(([alias]) => !schemas.includes(alias))
      .map(([alias, type]) => `export type ${alias} = ${type};`);
  });
  return [
    'import type { ErrorOf, RequestOf, ResponseOf } from "../operation-types.ts";',
    'import type { components } from "./openapi.ts";',
    "",
    ...ofSchemas,
    "",
    ...ofOperations,
    "",
  ].join("\n");
}
