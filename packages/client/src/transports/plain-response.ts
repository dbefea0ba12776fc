import type { FetchResponse } from "./fetch.ts";

/**
 * Returns a response without the platform's classes.
 *
 * @param raw headers by lower-case name
 */
export function plainResponse(
  status: number,
  raw: Record<string, string | string[] | undefined>,
  text: FetchResponse["text"],
): FetchResponse {
  const get = (name: string) => {
    const key = name.toLowerCase();
    return Object.hasOwn(raw, key) ? String(raw[key]) : null;
  };
  return { status, ok: status >= 200 && status < 300, headers: { get, raw }, text };
}
