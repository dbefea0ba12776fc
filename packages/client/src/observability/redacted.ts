import { parseJson } from "../connection/json.ts";

/** A request as it was sent. */
export interface SentRequest {
  /** Includes the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Headers without secrets. `Authorization` is handled separately. */
const PUBLIC_HEADERS = /^(accept(-.*)?|authorization|content-.*|traceparent|tracestate|user-agent)$/i;

/** Longer bodies are not parsed, so that a bulk request does not block the event loop. */
const MAX_PARSED_LENGTH = 2 ** 16;

/** A quotation mark within a word, as in O'Brien, does not end a quotation. The end of the text does. */
const QUOTED = /(?<!\w)(["'`])((?:\\.|(?!\1(?!\w))[^\\])+)(?:\1|$)/gs;

/** An email address, a phone number, or a long word with digits that is not an ID of the contract. */
const IDENTIFIER_LIKE =
  /[^\s"/:=]{1,64}@[^\s",:;]+|(?<![\w/-])(\+?\(?\d[\d ()-]{5,}\d|(?!mem_)(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{12,})/g;

/** Text that messages contain anyway: words in lower case, indexes and limits. */
const PROSE = /^([a-z]+|\d{1,3}|.{0,2})$/s;

/**
 * Removes the parts of a request that a message repeats and must not show: credentials, the query values of an upload URL, and trait
 * values.
 *
 * - Credentials and query values are removed wherever they occur, unless they have fewer than 4 characters; values of headers that the
 *   caller added, unless they have fewer than 8.
 * - Trait values are removed if they are quoted, or are whole words that stand out from the message. Words in lower case, numbers of
 *   up to 3 digits, parts of a JSON pointer and names of traits do not stand out.
 * - A body of more than 65,536 characters is not parsed. Instead, everything that is quoted or looks like an identifier is removed.
 */
export function redacted(text: string, { url, headers, body }: SentRequest): string {
  const { Authorization } = headers;
  // An upload has no credentials: the query of its URL authorizes it.
  const credentials = Authorization ? credentialsIn(Authorization) : queryValuesIn(url);
  const secrets = [...credentials.filter(({ length }) => length > 3), ...customValuesIn(headers)];
  const rest = longestFirst(secrets).reduce(
    (rest, secret) => rest.replace(new RegExp(literal(secret), "gi"), "…"),
    text,
  );
  // The body of an upload is a CSV file, which a storage does not read.
  return typeof body === "string" && /^\s*\{/.test(body) ? withoutTraitValues(rest, body) : rest;
}

function withoutTraitValues(text: string, body: string): string {
  const names = new Set<string>();
  const values = new Set<string>();
  try {
    const { traits, profiles } = JSON.parse(body.length > MAX_PARSED_LENGTH ? "" : body, (name, value: unknown) => {
      names.add(name);
      if (typeof value === "string" || typeof value === "number") values.add(String(value));
      return value;
    });
    if (!traits && !profiles) return text;
  } catch {
    return text.replace(QUOTED, "$1…$1").replace(IDENTIFIER_LIKE, "…");
  }
  const inLowerCase = new Set([...values].map((value) => value.toLowerCase()));
  const rest = text.replace(QUOTED, (whole, mark, quoted) =>
    inLowerCase.has(String(parseJson(`"${quoted}"`)).toLowerCase()) ? `${mark}…${mark}` : whole,
  );
  const lowerCase = rest.toLowerCase();
  const repeated = [...values].filter(
    (value) => lowerCase.includes(value.toLowerCase()) && !PROSE.test(value) && !names.has(value),
  );
  return longestFirst(repeated).reduce((rest, value) => {
    const word = `(?<![\\p{L}\\p{N}])${literal(value)}(?![\\p{L}\\p{N}])`;
    const pattern = /\W/.test(value) ? word : `(?<![/_-]|\\w\\.)${word}(?![/_-]|\\.\\w)`;
    // The service writes identifiers, but not names, in lower case.
    return rest.replace(new RegExp(pattern, /^[a-z]+$/i.test(value) ? "gu" : "giu"), "…");
  }, rest);
}

/** A first name can be a part of an address. */
function longestFirst(values: string[]): string[] {
  return values.sort((one, other) => other.length - one.length);
}

function literal(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function credentialsIn(authorization: string): string[] {
  const value = authorization.replace(/^\S+ +/, "");
  // A scheme can have parameters, as in `Digest username="ada", response="…"`, and a URL encodes the padding of Base64.
  const secrets = [value, ...value.split(/(?:[\w-]+=)?"|[\s,=]+/)];
  try {
    const bytes = Uint8Array.from(atob(value), (byte) => byte.charCodeAt(0));
    // A secret can contain colons.
    secrets.push(...new TextDecoder().decode(bytes).split(/:(.*)/s));
  } catch {
    // Another scheme than Basic.
  }
  return secrets;
}

/** Values of headers that the caller added. A short one is more likely a word than a secret. */
function customValuesIn(headers: SentRequest["headers"]): string[] {
  return Object.entries(headers)
    .filter(([name, value]) => !PUBLIC_HEADERS.test(name) && value.length >= 8)
    .map(([, value]) => value);
}

function queryValuesIn(url: string): string[] {
  const query = url.slice(url.indexOf("?") + 1);
  const encoded = query.match(/(?<==)[^&]+/g) ?? [];
  // A signature can be one part of a value.
  return [...encoded, ...new URLSearchParams(query).values()].flatMap((value) => value.split("."));
}
