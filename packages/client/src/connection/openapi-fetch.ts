import { createFinalURL, createQuerySerializer, defaultPathSerializer } from "openapi-fetch";
import type { FetchResponse } from "./fetch.ts";

/** Where a request goes. */
export interface Target {
  readonly baseUrl: string;
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** A path template of the contract, or a path that has no parameters left. */
  readonly path: string;
  readonly pathParameters?: Record<string, string> | undefined;
  readonly query?: Record<string, unknown> | undefined;
}

/** An answer that was read. */
export interface ReadAnswer {
  readonly response: FetchResponse;
  /** Text, or JSON where it is no success and can be read so; `""` where it is empty. */
  readonly body: unknown;
}

/**
 * The seam to openapi-fetch, and the only module that knows it. Its parts that make a URL are all that is taken of it: its client would
 * make the platform's Headers and Request, and be a fifth of what a page loads.
 *
 * @param send sends to a URL
 */
export async function exchange(
  { baseUrl, path: pathname, pathParameters: path = {}, query = {} }: Target,
  send: (url: string) => Promise<FetchResponse>,
): Promise<ReadAnswer> {
  const querySerializer = createQuerySerializer<unknown>();
  const pathSerializer = defaultPathSerializer;
  const response = await send(
    createFinalURL(pathname, { baseUrl, params: { path, query }, querySerializer, pathSerializer }),
  );
  const text = await response.text();
  return { response, body: response.ok ? text : jsonOf(text) };
}

/** A text that is no JSON is given back as it is. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
