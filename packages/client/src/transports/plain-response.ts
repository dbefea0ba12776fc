import type { FetchResponse } from "./fetch.ts";

/**
 * An answer without the platform's classes.
 *
 * @param headers by names in lower case
 */
export function plainResponse(
  status: number,
  headers: Record<string, string | string[] | undefined>,
  text: FetchResponse["text"],
): FetchResponse {
  const get = (name: string) => {
    const key = name.toLowerCase();
    return Object.hasOwn(headers, key) ? String(headers[key]) : null;
  };
  return { status, ok: status >= 200 && status < 300, headers: { get }, text };
}
