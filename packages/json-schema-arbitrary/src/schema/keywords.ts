/** How a keyword contains other schemas. */
export type Applicator = "schema" | "list" | "map";

export const APPLICATORS: Readonly<Record<string, Applicator>> = {
  allOf: "list",
  anyOf: "list",
  oneOf: "list",
  not: "schema",
  if: "schema",
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: "schema",
  else: "schema",
  dependentSchemas: "map",
  prefixItems: "list",
  items: "schema",
  contains: "schema",
  properties: "map",
  patternProperties: "map",
  additionalProperties: "schema",
  propertyNames: "schema",
  unevaluatedItems: "schema",
  unevaluatedProperties: "schema",
};

/** Keywords that assert something without containing another schema. */
export const ASSERTIONS: ReadonlySet<string> = new Set([
  ...["type", "enum", "const", "format", "pattern", "minLength", "maxLength"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "minContains", "maxContains"],
  ...["required", "minProperties", "maxProperties", "dependentRequired"],
]);

/** Keywords that accept every value: annotations, and where definitions are. Also those of OpenAPI 3.1. */
export const ANNOTATIONS: ReadonlySet<string> = new Set([
  ...["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"],
  ...["$schema", "$vocabulary", "$id", "$anchor", "$defs", "definitions"],
  ...["contentEncoding", "contentMediaType"],
  ...["example", "externalDocs", "xml", "discriminator"],
]);
