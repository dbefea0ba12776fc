/** A value that JSON can express. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

/** A JSON Schema 2020-12: an object of keywords, or a boolean. */
export type JsonSchema = boolean | object;

export const JSON_TYPES = ["null", "boolean", "number", "string", "array", "object"] as const;
export type JsonType = (typeof JSON_TYPES)[number];

export function jsonTypeOf(value: JsonValue): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}

export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isJsonObject(value: JsonValue): value is { [name: string]: JsonValue } {
  return isRecord(value);
}

/** Returns a text that two values share exactly if JSON Schema considers them equal. */
export function canonicalText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`);
  return `{${entries.join()}}`;
}

/** Sets an own property. An assignment to `__proto__` would set the prototype instead. */
export function setProperty(target: { [name: string]: JsonValue }, name: string, value: JsonValue): void {
  if (name !== "__proto__") target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Names that every plain object inherits. */
export function isInheritedName(name: string): boolean {
  return name in Object.prototype;
}
