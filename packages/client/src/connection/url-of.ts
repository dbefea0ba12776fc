import { createFinalURL, createQuerySerializer } from "openapi-fetch";

/** Where a request goes. */
export interface Target {
  readonly baseUrl: string;
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** A path template of the contract, or a path that has no parameters left. */
  readonly path: string;
  readonly pathParameters?: Record<string, string> | undefined;
  readonly query?: Record<string, unknown> | undefined;
}

/**
 * The seam to openapi-fetch, and the only module that knows it. Its parts that make a URL are all that is taken of it: its client would
 * make the platform's Headers and Request, and be a fifth of what a page loads.
 */
export function urlOf({ baseUrl, path: pathname, pathParameters: path = {}, query = {} }: Target): string {
  const querySerializer = createQuerySerializer<unknown>();
  return createFinalURL(pathname, { baseUrl, params: { path, query }, querySerializer, pathSerializer });
}

/** The contract has none of the styles that the one of openapi-fetch knows, which are twice as long as the rest. */
function pathSerializer(template: string, given: Record<string, unknown>): string {
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(`${given[name]}`));
}
