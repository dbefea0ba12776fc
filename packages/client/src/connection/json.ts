import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/** Parses JSON. Returns a text that is not valid JSON unchanged. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Serializes the body of a request.
 *
 * @throws {InvalidParameterError} for a value that JSON cannot represent. `JSON.stringify` would turn NaN into `null`, which removes a trait.
 */
export function serializeJson(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) => {
    const isRepresentable = typeof value === "number" ? Number.isFinite(value) : typeof value !== "bigint";
    if (isRepresentable) return value;
    throw new InvalidParameterError(key, "must be JSON: no NaN, Infinity or bigint");
  });
}
