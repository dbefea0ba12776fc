import { canonicalText, JSON_TYPES, type JsonType, jsonTypeOf } from "../json.ts";
import { isNumberFormat } from "../text/formats.ts";
import { numberOf, schemaMapOf, schemaOf, schemasOf, textMapOf, textOf, textsOf, valuesOf } from "./keyword-values.ts";
import type { SchemaObject } from "./load-schema.ts";
import { restrictTypes, restrictValues, type Shape } from "./shape.ts";

/** Adds to a shape what the keywords of a schema assert without branches. */
export function assume(shape: Shape, schema: SchemaObject, scopes: readonly object[]): void {
  assumeTypes(shape, schema);
  for (const keyword of ["enum", "const"] as const) {
    const values = valuesOf(schema, keyword);
    if (values === undefined) continue;
    restrictValues(shape, values);
    restrictTypes(shape, values.map(jsonTypeOf));
  }
  assumeNumbers(shape, schema);
  assumeTexts(shape, schema);
  assumeItems(shape, schema, scopes);
  assumeProperties(shape, schema, scopes);
}

function assumeTypes(shape: Shape, schema: SchemaObject): void {
  if (!Object.hasOwn(schema, "type")) return;
  const names = textsOf(schema["type"]);
  restrictTypes(shape, typesNamed(names));
  if (names.includes("integer") && !names.includes("number")) shape.isInteger = true;
}

export function typesNamed(names: readonly string[]): readonly JsonType[] {
  return JSON_TYPES.filter((type) => names.includes(type) || (type === "number" && names.includes("integer")));
}

function assumeNumbers(shape: Shape, schema: SchemaObject): void {
  shape.minimum = Math.max(shape.minimum, numberOf(schema, "minimum") ?? -Infinity);
  shape.maximum = Math.min(shape.maximum, numberOf(schema, "maximum") ?? Infinity);
  shape.exclusiveMinimum = Math.max(shape.exclusiveMinimum, numberOf(schema, "exclusiveMinimum") ?? -Infinity);
  shape.exclusiveMaximum = Math.min(shape.exclusiveMaximum, numberOf(schema, "exclusiveMaximum") ?? Infinity);
  const multiple = numberOf(schema, "multipleOf");
  if (multiple !== undefined) shape.multiples = [...new Set([...shape.multiples, multiple])];
}

function assumeTexts(shape: Shape, schema: SchemaObject): void {
  shape.minLength = Math.max(shape.minLength, numberOf(schema, "minLength") ?? 0);
  shape.maxLength = Math.min(shape.maxLength, numberOf(schema, "maxLength") ?? Infinity);
  const pattern = textOf(schema, "pattern");
  if (pattern !== undefined) shape.patterns = [...new Set([...shape.patterns, pattern])];
  const format = textOf(schema, "format");
  if (format === undefined) return;
  if (!isNumberFormat(format)) shape.formats = [...new Set([...shape.formats, format])];
  else if (format === "int32" || format === "int64") {
    shape.isInteger = true;
    if (format === "int32") {
      shape.minimum = Math.max(shape.minimum, -(2 ** 31));
      shape.maximum = Math.min(shape.maximum, 2 ** 31 - 1);
    }
  }
}

function assumeItems(shape: Shape, schema: SchemaObject, scopes: readonly object[]): void {
  shape.minItems = Math.max(shape.minItems, numberOf(schema, "minItems") ?? 0);
  shape.maxItems = Math.min(shape.maxItems, numberOf(schema, "maxItems") ?? Infinity);
  if (schema["uniqueItems"] === true) shape.isUnique = true;
  const prefix = schemasOf(schema, "prefixItems");
  const rest = schemaOf(schema, "items");
  if (prefix.length > 0 || rest !== undefined) {
    shape.items = [...shape.items, { prefix, scopes, ...(rest !== undefined && { rest }) }];
  }
  const contained = schemaOf(schema, "contains");
  if (contained !== undefined) {
    const min = numberOf(schema, "minContains") ?? 1;
    const max = numberOf(schema, "maxContains") ?? Infinity;
    shape.contains = [...shape.contains, { schema: contained, min, max, from: 0, scopes }];
  }
}

function assumeProperties(shape: Shape, schema: SchemaObject, scopes: readonly object[]): void {
  shape.minProperties = Math.max(shape.minProperties, numberOf(schema, "minProperties") ?? 0);
  shape.maxProperties = Math.min(shape.maxProperties, numberOf(schema, "maxProperties") ?? Infinity);
  const required = textsOf(schema["required"]);
  if (required.length > 0) shape.required = new Set([...shape.required, ...required]);
  const properties = new Map(schemaMapOf(schema, "properties"));
  const patterns = schemaMapOf(schema, "patternProperties").map(([pattern, each]) => ({
    pattern,
    expression: new RegExp(pattern, "u"),
    schema: each,
  }));
  const additional = schemaOf(schema, "additionalProperties");
  if (properties.size > 0 || patterns.length > 0 || additional !== undefined) {
    const rules = { properties, patterns, scopes, ...(additional !== undefined && { additional }) };
    shape.properties = [...shape.properties, rules];
  }
  const names = schemaOf(schema, "propertyNames");
  if (names !== undefined) shape.names = [...shape.names, names];
}

/** The properties that a schema mentions in `dependentRequired` and `dependentSchemas`. */
export function dependencies(schema: SchemaObject) {
  return {
    required: textMapOf(schema, "dependentRequired"),
    schemas: schemaMapOf(schema, "dependentSchemas"),
  };
}

export function excludedTexts(schema: SchemaObject, keyword: "enum" | "const"): readonly string[] {
  return (valuesOf(schema, keyword) ?? []).map(canonicalText);
}
