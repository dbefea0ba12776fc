import type { FastifyInstance } from "fastify";
import { bodyStream, exchange, type OutgoingRequest } from "./exchange.ts";

const MAX_REDIRECTS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const NOTHING = Buffer.alloc(0);
const NO_BODY = new Set([204, 205, 304]);
const BODY_HEADERS = ["content-encoding", "content-language", "content-length", "content-location", "content-type"];
const CREDENTIAL_HEADERS = ["authorization", "cookie", "proxy-authorization"];

/**
 * A `fetch` whose every request goes to the application, whatever its host, without a network. It behaves as the platform's
 * does: redirects, aborts, broken connections and all.
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
    const { status, statusText, headers, body } = await exchange(app, outgoing, signal);
    const location = headers.get("location");
    if (!REDIRECTS.has(status) || location === null || redirect === "manual") {
      const response = new Response(NO_BODY.has(status) ? null : bodyStream(body, signal), {
        status,
        statusText,
        headers,
      });
      return Object.defineProperties(response, {
        url: { value: withoutFragment(outgoing.url) },
        redirected: { value: count > 0 },
      });
    }
    body.destroy();
    if (redirect === "error") throw failed("unexpected redirect");
    if (count === MAX_REDIRECTS) throw failed("redirect count exceeded");
    outgoing = redirected(outgoing, status, new URL(location, outgoing.url));
  }
}

async function outgoingRequest(request: Request): Promise<OutgoingRequest> {
  const { method, headers, body } = request;
  const outline = { url: new URL(request.url), method, headers };
  if (body === null) return { ...outline, body: NOTHING };
  const known = ofKnownLength(request);
  return { ...outline, body: known ? Buffer.from(await known.arrayBuffer()) : body };
}

/**
 * A request whose body is a stream has no length to announce. The platform does not say so outright, but refuses to send a
 * stream without CORS, whose methods are few.
 *
 * @returns the same body in a new request; `undefined` for a stream, which is left as it is
 */
function ofKnownLength(request: Request): Request | undefined {
  try {
    return new Request(request, { method: "POST", mode: "no-cors" });
  } catch {
    return undefined;
  }
}

/** The rules of the Fetch standard, "HTTP-redirect fetch". */
function redirected({ method, headers, body, url: from }: OutgoingRequest, status: number, url: URL): OutgoingRequest {
  const kept = new Headers(headers);
  if (url.origin !== from.origin) for (const name of CREDENTIAL_HEADERS) kept.delete(name);
  const becomesGet = (status <= 302 && method === "POST") || (status === 303 && method !== "GET" && method !== "HEAD");
  if (becomesGet) {
    for (const name of BODY_HEADERS) kept.delete(name);
    return { url, method: "GET", headers: kept, body: NOTHING };
  }
  if (!Buffer.isBuffer(body)) throw failed("a stream cannot be sent a second time");
  return { url, method, headers: kept, body };
}

function failed(reason: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(reason) });
}

function withoutFragment(url: URL): string {
  const { href, hash } = url;
  return hash ? href.slice(0, -hash.length) : href;
}
