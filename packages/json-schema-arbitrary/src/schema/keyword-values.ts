import { isRecord, type JsonValue } from "../json.ts";
import type { Schema, SchemaObject } from "./load-schema.ts";

// `loadSchema` has checked the value of each keyword. These functions only tell the compiler.

export function numberOf(schema: SchemaObject, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}

export function textOf(schema: SchemaObject, keyword: string): string | undefined {
  const value = schema[keyword];
  return typeof value === "string" ? value : undefined;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "boolean" || isRecord(value);
}

export function schemaOf(schema: SchemaObject, keyword: string): Schema | undefined {
  const value = schema[keyword];
  return isSchema(value) ? value : undefined;
}

export function schemasOf(schema: SchemaObject, keyword: string): readonly Schema[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

export function schemaMapOf(schema: SchemaObject, keyword: string): readonly (readonly [string, Schema])[] {
  const value = schema[keyword];
  return isRecord(value) ? Object.entries(value).flatMap(([name, each]) => (isSchema(each) ? [[name, each]] : [])) : [];
}

export function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

export function textMapOf(schema: SchemaObject, keyword: string): readonly (readonly [string, readonly string[]])[] {
  const value = schema[keyword];
  return isRecord(value) ? Object.entries(value).map(([name, texts]) => [name, textsOf(texts)]) : [];
}

/** The values of `enum` or `const`. */
export function valuesOf(schema: SchemaObject, keyword: "enum" | "const"): readonly JsonValue[] | undefined {
  if (!Object.hasOwn(schema, keyword)) return undefined;
  const value = schema[keyword];
  const values: unknown = keyword === "enum" ? value : [value];
  return Array.isArray(values) ? (values as JsonValue[]) : undefined;
}
