import type { ErrorObject } from "ajv";
import { jsonPointer } from "../../domain/json-pointer.ts";

/**
 * Describes where a value does not match its schema, and what would match: `fileSize: must be at least 1`.
 *
 * @param at JSON pointer or name of the value that was checked
 */
export function explainMismatch(at: string, error: ErrorObject): string {
  const { keyword, instancePath, params, parentSchema, propertyName } = error;
  const place = `${at}${instancePath}`;
  const names = Object.keys(Object(parentSchema).properties ?? {}).join(", ");
  if (keyword === "additionalProperties") {
    return `${place}${jsonPointer(params["additionalProperty"])}: unknown property; known properties: ${names}`;
  }
  if (keyword === "required") return `${place}${jsonPointer(params["missingProperty"])}: is missing`;
  const reason = REASONS[keyword]?.(params) ?? error.message;
  if (propertyName !== undefined) return `${place}${jsonPointer(propertyName)}: the name ${reason}`;
  return `${place || "The body"}: ${reason}`;
}

const REASONS: Readonly<Record<string, (params: ErrorObject["params"]) => string>> = {
  type: ({ type }) => `must be ${[type].flat().map(withArticle).join(" or ")}`,
  enum: ({ allowedValues }) => `must be one of ${[allowedValues].flat().join(", ")}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  minLength: ({ limit }) => `must have at least ${counted(limit, "character")}`,
  maxLength: ({ limit }) => `must have at most ${counted(limit, "character")}`,
  minItems: ({ limit }) => `must have at least ${counted(limit, "item")}`,
  maxItems: ({ limit }) => `must have at most ${counted(limit, "item")}`,
  maxProperties: ({ limit }) => `must have at most ${counted(limit, "property")}`,
  pattern: ({ pattern }) => `must match the pattern ${pattern}`,
};

function withArticle(type: string): string {
  if (type === "null") return type;
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${count} ${noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}
