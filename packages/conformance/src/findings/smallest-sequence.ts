import { type Exchange, jsonOf } from "../http/exchange.ts";

const READS = ["GET", "HEAD", "OPTIONS"];
const MIN_LENGTH = 8;

/**
 * Removes the exchanges that the last one does not depend on: requests about other people and profiles, repeated reads, and
 * requests that were over a rate limit.
 *
 * @param shared strings that connect nothing, such as the ID of the store
 */
export function smallestSequence(exchanges: readonly Exchange[], shared: readonly string[] = []): Exchange[] {
  const last = exchanges.at(-1);
  if (last === undefined) return [];
  const ignored = new Set(shared);
  const firstSeen = firstSeenIn(exchanges, ignored);
  const needed = [last];
  const values = new Set([...requestValues(last, ignored), ...responseValues(last, ignored)]);
  for (let at = exchanges.length - 2; at >= 0; at--) {
    const exchange = exchanges[at];
    if (exchange === undefined || exchange.response.status === 429) continue;
    const own = requestValues(exchange, ignored);
    const received = responseValues(exchange, ignored);
    const isNeeded = READS.includes(exchange.request.method)
      ? isOtherVariant(exchange, needed) || received.some((value) => values.has(value) && firstSeen.get(value) === at)
      : [...own, ...received].some((value) => values.has(value));
    if (!isNeeded) continue;
    needed.unshift(exchange);
    for (const value of [...own, ...received]) values.add(value);
  }
  return needed;
}

/** Whether it reads the same path as a needed exchange, but with other parameters. */
function isOtherVariant({ request }: Exchange, needed: readonly Exchange[]): boolean {
  const isSame = (each: Exchange) =>
    each.request.url === request.url && JSON.stringify(each.request.headers) === JSON.stringify(request.headers);
  const hasSamePath = (each: Exchange) =>
    each.request.method === request.method && pathOf(each.request.url) === pathOf(request.url);
  return needed.some(hasSamePath) && !needed.some(isSame);
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}

/** For each value, the index of the exchange that contains it first. A response that repeats a known value is no source of it. */
function firstSeenIn(exchanges: readonly Exchange[], ignored: ReadonlySet<string>): Map<string, number> {
  const firstSeen = new Map<string, number>();
  for (const [at, exchange] of exchanges.entries()) {
    // A value in the request was known before the response.
    for (const value of requestValues(exchange, ignored)) if (!firstSeen.has(value)) firstSeen.set(value, -1);
    for (const value of responseValues(exchange, ignored)) if (!firstSeen.has(value)) firstSeen.set(value, at);
  }
  return firstSeen;
}

function requestValues({ request }: Exchange, ignored: ReadonlySet<string>): string[] {
  const words = [request.url, ...request.url.split(/[/?&=]/).map(decode)];
  return [...words, ...valuesOfBody(request.body)].filter((value) => isIdentity(value) && !ignored.has(value));
}

function responseValues({ response }: Exchange, ignored: ReadonlySet<string>): string[] {
  return stringsOf(jsonOf(response)).filter((value) => isIdentity(value) && !ignored.has(value));
}

function valuesOfBody(body: string | Uint8Array | undefined): string[] {
  if (body === undefined) return [];
  try {
    return stringsOf(JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body)));
  } catch {
    return [];
  }
}

/** Strings anywhere in a JSON value. */
function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsOf);
}

/** Whether it looks like an ID, an email address, a phone number, a token or a URL, rather than like prose. */
function isIdentity(value: string): boolean {
  return value.length >= MIN_LENGTH && /[\d@]/.test(value) && !/\s/.test(value);
}

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
