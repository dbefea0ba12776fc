import type { FastifyInstance } from "fastify";
import { bodyStream, exchange, type OutgoingRequest } from "./exchange.ts";

const MAX_REDIRECTS = 20;
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
const EMPTY_BODY = Buffer.alloc(0);
const STATUSES_WITHOUT_BODY = new Set([204, 205, 304]);
const BODY_HEADERS = ["content-encoding", "content-language", "content-length", "content-location", "content-type"];
const CREDENTIAL_HEADERS = ["authorization", "cookie", "proxy-authorization"];

/**
 * Returns a `fetch` that sends every request to the application, regardless of the host and without a network. It behaves like the
 * `fetch` of the platform, including redirects, aborts and broken connections.
 */
export function sandboxFetch(app: FastifyInstance): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { signal } = request;
    signal.throwIfAborted();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    return Promise.race([aborted, follow(app, request)]);
  };
}

async function follow(app: FastifyInstance, request: Request): Promise<Response> {
  const { redirect, signal } = request;
  let outgoing: OutgoingRequest = await outgoingRequest(request);
  for (let count = 0; ; count++) {
    const { status, statusText, headers, ...content } = await exchange(app, outgoing, signal);
    const location = headers.get("location");
    if (!REDIRECT_STATUSES.has(status) || location === null || redirect === "manual") {
      const response = new Response(STATUSES_WITHOUT_BODY.has(status) ? null : bodyStream(content, signal), {
        status,
        statusText,
        headers,
      });
      return Object.defineProperties(response, {
        url: { value: withoutFragment(outgoing.url) },
        redirected: { value: count > 0 },
      });
    }
    content.body.destroy();
    if (redirect === "error") throw failed("unexpected redirect");
    if (count === MAX_REDIRECTS) throw failed("redirect count exceeded");
    outgoing = redirected(outgoing, status, new URL(location, outgoing.url));
  }
}

async function outgoingRequest(request: Request): Promise<OutgoingRequest> {
  const { method, headers, body } = request;
  const target = { url: new URL(request.url), method, headers };
  if (body === null) return { ...target, body: EMPTY_BODY };
  const known = withKnownLength(request);
  return { ...target, body: known ? Buffer.from(await known.arrayBuffer()) : body };
}

/**
 * Detects whether the length of a body is known. The platform does not expose this, but rejects a stream in a request without CORS,
 * which only allows a few methods.
 *
 * @returns the same body in a new request; `undefined` for a stream, which stays unread
 */
function withKnownLength(request: Request): Request | undefined {
  try {
    return new Request(request, { method: "POST", mode: "no-cors" });
  } catch {
    return undefined;
  }
}

/** Follows the rules of "HTTP-redirect fetch" in the Fetch standard. */
function redirected({ method, headers, body, url: from }: OutgoingRequest, status: number, url: URL): OutgoingRequest {
  const kept = new Headers(headers);
  if (url.origin !== from.origin) for (const name of CREDENTIAL_HEADERS) kept.delete(name);
  const becomesGet = (status <= 302 && method === "POST") || (status === 303 && method !== "GET" && method !== "HEAD");
  if (becomesGet) {
    for (const name of BODY_HEADERS) kept.delete(name);
    return { url, method: "GET", headers: kept, body: EMPTY_BODY };
  }
  if (!Buffer.isBuffer(body)) throw failed("a stream cannot be sent again");
  return { url, method, headers: kept, body };
}

function failed(reason: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(reason) });
}

function withoutFragment(url: URL): string {
  const { href, hash } = url;
  return hash ? href.slice(0, -hash.length) : href;
}
