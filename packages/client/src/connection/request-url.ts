import { type OperationId, operations, patterns } from "@memory-api/types";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/**
 * Returns the path parameters of an operation. Each matches its pattern, so none can lead to another path.
 *
 * @throws {InvalidParameterError} for the first parameter that is missing or does not match
 */
export function checkedPath(id: OperationId, given: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(operations[id].pathParameters).map(([name, schema]) => {
      const value = given[name];
      const pattern = patterns[schema];
      if (typeof value !== "string" || !pattern.test(value)) throw malformed(name, pattern);
      return [name, value];
    }),
  );
}

/** Returns the error for a parameter that is not a string or does not match its pattern. */
export function malformed(name: string, { source }: RegExp): InvalidParameterError {
  return new InvalidParameterError(name, `must be a string that matches ${source}`);
}

/** @throws {InvalidParameterError} if the URL of an upload is not an absolute HTTP URL */
export function checkedUploadUrl(given: unknown): URL {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new InvalidParameterError("url", "must be the url of the created import, exactly as it was returned");
  }
  return url;
}

/**
 * Returns the URL of a request, with every parameter percent-encoded.
 *
 * @param path template of the contract
 * @param query scalars, the only query parameters of the contract; those that are `undefined` or `null` are omitted
 */
export function urlOf(
  baseUrl: string,
  path: string,
  pathParameters: Readonly<Record<string, string>>,
  query: Readonly<Record<string, unknown>> = {},
): string {
  const pairs = Object.entries(query).filter(([, value]) => value != null);
  const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return [baseUrl + pathOf(path, pathParameters), search.join("&")].filter(Boolean).join("?");
}

/** Returns a path template with its parameters, percent-encoded. */
export function pathOf(template: string, pathParameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(`${pathParameters[name]}`));
}
