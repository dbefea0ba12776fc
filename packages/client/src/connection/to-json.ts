import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/**
 * JSON of a request's body.
 *
 * @throws {InvalidParameterError} if it holds what JSON has not: it would turn a number that is none into `null`, which removes a trait
 */
export function toJson(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) => {
    const isSayable = typeof value === "number" ? Number.isFinite(value) : typeof value !== "bigint";
    if (isSayable) return value;
    throw new InvalidParameterError(key, "must be JSON: no NaN, Infinity or bigint");
  });
}
