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
  const values = new Set([...requestValues(last, ignored), ...responseValues(last, ignored)]);
  const needed = new Set([last]);
  const isNeeded = (exchange: Exchange, at: number): boolean => {
    const received = responseValues(exchange, ignored);
    if (!READS.includes(exchange.request.method)) {
      return [...requestValues(exchange, ignored), ...received].some((value) => values.has(value));
    }
    const isSource = received.some((value) => values.has(value) && firstSeen.get(value) === at);
    return isSource || isOtherVariant(exchange, [...needed]);
  };
  // A request that is needed can have values that another one shares, before or after it.
  for (let size = 0; size < needed.size; ) {
    size = needed.size;
    for (const [at, exchange] of [...exchanges.entries()].reverse()) {
      if (needed.has(exchange) || exchange.response.status === 429 || !isNeeded(exchange, at)) continue;
      needed.add(exchange);
      for (const value of [...requestValues(exchange, ignored), ...responseValues(exchange, ignored)])
        values.add(value);
    }
  }
  return exchanges.filter((exchange) => needed.has(exchange));
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
  return identities([request.url, ...valuesOfBody(request.body)], ignored);
}

function responseValues({ response }: Exchange, ignored: ReadonlySet<string>): string[] {
  return identities(stringsOf(jsonOf(response)), ignored);
}

/** The strings that look like an ID, and those in the path and query of a URL. Its host says nothing. */
function identities(strings: readonly string[], ignored: ReadonlySet<string>): string[] {
  return strings
    .flatMap((text) => {
      const [, rest] = /^https?:\/\/[^/]*(.*)$/is.exec(text) ?? [];
      return rest === undefined ? [text] : rest.split(/[/?&=]/).map(decode);
    })
    .filter((value) => isIdentity(value) && !ignored.has(value));
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
