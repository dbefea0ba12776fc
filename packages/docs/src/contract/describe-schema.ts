import { type Referable, resolve, type Schema, schemaName } from "./document.ts";

/** A schema in words: what the reference shows of it. */
export interface SchemaDescription {
  /** The schema that it refers to, if it has a name. */
  readonly name?: string;
  /** Its type in words, such as `array of strings`. */
  readonly type: string;
  /** Its other rules in words, such as `1 to 200 characters`. */
  readonly rules: readonly string[];
  /** A regular expression that the whole value must match. */
  readonly pattern?: string;
  /** The values that are allowed, as JSON. */
  readonly values: readonly string[];
  /** Whether values may be added to `values`. */
  readonly isOpen: boolean;
  readonly defaultValue?: string;
  /** Markdown. */
  readonly description: string;
  readonly isDeprecated: boolean;
  /** The first example, as JSON. */
  readonly example?: string;
}

/** A part of a value: a property, or all items of an array. */
export interface SchemaPart {
  /** Its name, such as `traits`, `[ ]` for an item, or `{name}` for any other property. */
  readonly label: string;
  readonly isRequired: boolean;
  readonly schema: Referable<Schema>;
}

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "date and time of RFC 3339",
  uri: "absolute URI",
  email: "email address",
  uuid: "UUID",
};

/** Describes a schema in words. */
export function describeSchema(given: Referable<Schema>): SchemaDescription {
  const schema = resolve(given);
  const name = schemaName(given);
  const [example] = schema.examples ?? [];
  return {
    ...(name && { name }),
    type: typeOf(schema),
    rules: rulesOf(schema),
    ...(schema.pattern && { pattern: schema.pattern }),
    values: (schema.enum ?? []).map((value) => JSON.stringify(value)),
    isOpen: "x-extensible-enum" in schema,
    ...(schema.default !== undefined && { defaultValue: JSON.stringify(schema.default) }),
    description: schema.description ?? "",
    isDeprecated: schema.deprecated === true,
    ...(example !== undefined && { example: JSON.stringify(example) }),
  };
}

/** Returns the parts of the values of a schema; none for a simple value. */
export function partsOf(given: Referable<Schema>): SchemaPart[] {
  const schema = resolve(given);
  const required = schema.required ?? [];
  const parts: SchemaPart[] = Object.entries(schema.properties ?? {}).map(([label, property]) => ({
    label,
    isRequired: required.includes(label),
    schema: property as Referable<Schema>,
  }));
  if (typeof schema.additionalProperties === "object") {
    parts.push({
      label: `{${keyOf(schema)}}`,
      isRequired: false,
      schema: schema.additionalProperties as Referable<Schema>,
    });
  }
  if ("items" in schema && schema.items) {
    parts.push({ label: "[ ]", isRequired: false, schema: schema.items as Referable<Schema> });
  }
  return parts;
}

/** What the names of the properties are called, from the title of their schema. */
function keyOf(schema: Schema): string {
  const names: Referable<Schema> | undefined = Object(schema)["propertyNames"];
  return (names && resolve(names).title?.toLowerCase()) ?? "name";
}

function typeOf(schema: Schema): string {
  const types = [schema.type ?? impliedTypes(schema)].flat();
  if (types.length === 0) {
    const alternatives = (schema.oneOf ?? schema.anyOf ?? []).map((each) => typeOf(resolve(each as Referable<Schema>)));
    return alternatives.join(" or ") || "any value";
  }
  return types.map((type) => (type === "array" ? arrayType(schema) : type)).join(" or ");
}

/** The types of a schema without `type`: those of its values, or `object` if it has properties. */
function impliedTypes(schema: Schema): string[] {
  if (schema.properties) return ["object"];
  return [...new Set((schema.enum ?? []).map((value) => typeof value))];
}

function arrayType(schema: Schema): string {
  if (!("items" in schema) || !schema.items) return "array";
  const items = schema.items as Referable<Schema>;
  const name = schemaName(items);
  return `array of ${name ?? plural(typeOf(resolve(items)))}`;
}

function plural(type: string): string {
  return type.includes(" ") ? type : `${type}s`;
}

function rulesOf(schema: Schema): string[] {
  const { format } = schema;
  return [
    format && (FORMATS[format] ?? format),
    range(schema.minLength, schema.maxLength, "character"),
    range(schema.minimum, schema.maximum),
    schema.multipleOf && `a multiple of ${schema.multipleOf}`,
    range(schema.minItems, schema.maxItems, "item"),
    schema.uniqueItems && "no duplicates",
    range(schema.minProperties, schema.maxProperties, "property", "properties"),
    schema.additionalProperties === false && "no other properties",
    "const" in schema && `always ${JSON.stringify(schema.const)}`,
  ].filter((rule) => typeof rule === "string");
}

/** Bounds in words: `1 to 100 items`, `at most 1 item`, `1 or more items`. */
function range(from?: number, to?: number, unit = "", units = unit && `${unit}s`): string | undefined {
  const counted = (count: number) => `${count.toLocaleString("en")}${unit && ` ${count === 1 ? unit : units}`}`;
  if (from !== undefined && to !== undefined)
    return from === to ? `exactly ${counted(to)}` : `${from} to ${counted(to)}`;
  if (to !== undefined) return `at most ${counted(to)}`;
  if (from !== undefined) return `at least ${counted(from)}`;
  return undefined;
}
