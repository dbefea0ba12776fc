import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/** The value of a text that is JSON; one that is not is given back as it is. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * JSON of a request's body.
 *
 * @throws {InvalidParameterError} if it holds what JSON has not: it would turn a number that is none into `null`, which removes a trait
 */
export function serializeJson(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) => {
    const isSayable = typeof value === "number" ? Number.isFinite(value) : typeof value !== "bigint";
    if (isSayable) return value;
    throw new InvalidParameterError(key, "must be JSON: no NaN, Infinity or bigint");
  });
}
