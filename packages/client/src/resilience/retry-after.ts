/**
 * What a `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds from now; `undefined` for no header, or one that cannot be read
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
