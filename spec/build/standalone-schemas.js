/** @typedef {import("openapi-types").OpenAPIV3_1.Document} Document */

const COMPONENT = "#/components/schemas/";

/**
 * Each schema of the contract as a JSON Schema 2020-12 document that needs no other file: what it refers to lies in its
 * `$defs`.
 *
 * @param {Document} openapi
 * @returns {Map<string, object>} schema documents by component name
 */
export function standaloneSchemas(openapi) {
  const schemas = openapi.components?.schemas ?? {};
  return new Map(
    Object.entries(schemas).map(([name, schema]) => {
      const definitions = [...referencedNames(schemas, name)].sort();
      return [
        name,
        {
          $schema: openapi.jsonSchemaDialect,
          $id: `https://memory-api.example/schemas/${openapi.info.version}/${name}.json`,
          ...localised(schema),
          ...(definitions.length > 0 && {
            $defs: Object.fromEntries(definitions.map((used) => [used, localised(schemas[used])])),
          }),
        },
      ];
    }),
  );
}

/**
 * Names of the schemas that the named one leads to, however far.
 *
 * @param {Record<string, unknown>} schemas
 * @param {string} name
 * @param {Set<string>} [found]
 */
function referencedNames(schemas, name, found = new Set()) {
  for (const [, used] of JSON.stringify(schemas[name]).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    if (used === undefined || found.has(used)) continue;
    found.add(used);
    referencedNames(schemas, used, found);
  }
  return found;
}

/** @param {unknown} schema */
function localised(schema) {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === "$ref" && typeof value === "string" ? value.replace(COMPONENT, "#/$defs/") : value,
  );
}
