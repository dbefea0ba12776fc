import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";
import { version } from "../generated/version.ts";

/**
 * Request headers by name, in any case, or a `Headers` object or another list of pairs. `undefined` removes a header that the client sends
 * by default.
 */
export type HeaderOptions =
  | Readonly<Record<string, string | undefined>>
  | Iterable<readonly [string, string | undefined]>;

const VALUE_RULE = "must be a string without control characters or characters beyond Latin-1";

/** Headers that depend on the body, which the client determines. */
const OF_THE_BODY = ["content-type", "content-length", "transfer-encoding"];

/**
 * Returns headers in which the given ones replace those of the same name.
 *
 * @throws {InvalidParameterError} if a name or a value is not valid in HTTP, or the header describes the body. The error does not contain
 * the value.
 */
export function withHeaders(headers: Record<string, string>, given: HeaderOptions | undefined): Record<string, string> {
  if (given === undefined) return headers;
  if (Object(given) !== given) throw new InvalidParameterError("headers", "must be an object or a list of pairs");
  const result = { ...headers };
  for (const [name, value] of isList(given) ? given : Object.entries(given)) {
    checkHeader(name, value);
    const lowerCase = name.toLowerCase();
    for (const existing of Object.keys(result)) if (existing.toLowerCase() === lowerCase) delete result[existing];
    // Redaction looks for this spelling.
    if (value !== undefined) result[lowerCase === "authorization" ? "Authorization" : name] = value;
  }
  return result;
}

function isList(given: HeaderOptions): given is Iterable<readonly [string, string | undefined]> {
  return Symbol.iterator in given;
}

function checkHeader(name: string, value: unknown): void {
  const reject = (reason: string) => {
    throw new InvalidParameterError("headers", reason);
  };
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) reject("a name is not a valid header name");
  if (OF_THE_BODY.includes(name.toLowerCase())) reject(`${name} cannot be set: it depends on the body`);
  if (value !== undefined && !isHeaderValue(value)) reject(`${name} ${VALUE_RULE}`);
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === "string" && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/**
 * Returns the `User-Agent` of a client, such as `newsletter/2 memory-api-client/1.0.0 node/24.21.0`. A browser sends its own, and would ask
 * the service for permission to replace it.
 *
 * @param application the product of the application, which precedes the client's
 * @throws {InvalidParameterError} if it cannot be part of a header
 */
export function userAgentHeaders(application: string | undefined): Record<string, string> {
  if (application !== undefined && !isHeaderValue(application))
    throw new InvalidParameterError("userAgent", VALUE_RULE);
  const runtime = runtimeProduct();
  if (runtime === undefined) return {};
  const products = [application, `memory-api-client/${version}`, runtime].filter(Boolean);
  return { "User-Agent": products.join(" ") };
}

/** `undefined` in a browser. */
function runtimeProduct(): string | undefined {
  const { process } = globalThis;
  // Bun and Deno have a version of Node.js too.
  for (const name of ["bun", "deno", "node"]) {
    const version = process?.versions?.[name];
    if (version !== undefined) return `${name}/${version}`;
  }
  return globalThis.navigator?.userAgent === "Cloudflare-Workers" ? "workerd" : undefined;
}
