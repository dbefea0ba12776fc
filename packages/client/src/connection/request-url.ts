import { type OperationId, operations, patterns } from "@memory-api/types";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/**
 * The path parameters of an operation, each as its pattern has it. So none of them can lead to another path.
 *
 * @throws {InvalidParameterError} for the first that is missing or does not match
 */
export function checkedPath(id: OperationId, given: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(operations[id].pathParameters).map(([name, schema]) => {
      const value = given[name];
      const pattern = patterns[schema];
      if (typeof value !== "string" || !pattern.test(value)) {
        throw malformed(name, pattern);
      }
      return [name, value];
    }),
  );
}

/** The error for a parameter that is not a string, or does not match its pattern. */
export function malformed(name: string, { source }: RegExp): InvalidParameterError {
  return new InvalidParameterError(name, `must be a string that matches ${source}`);
}

/** @throws {InvalidParameterError} if the URL of an upload is not absolute, or not one of HTTP */
export function checkedUploadUrl(given: unknown): URL {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw new InvalidParameterError("url", "must be the url of the created import, exactly as it was given");
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
