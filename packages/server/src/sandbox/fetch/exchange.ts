import { Readable } from "node:stream";
import type { ReadableStream as BodyStream } from "node:stream/web";
import type { FastifyInstance } from "fastify";
import { callerInProcess } from "./caller-in-process.ts";

export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  /** A stream goes out without its length, unless the headers have it. */
  readonly body: Buffer | BodyStream;
}

export interface IncomingResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: Readable;
}

/** Methods that announce an empty body. */
const WITH_BODY = new Set(["PATCH", "POST", "PUT"]);

/**
 * Sends one request to the application, which sees what it would see of the platform's `fetch` over a network.
 *
 * @throws {TypeError} as `fetch` does; a connection that breaks off has the cause `ECONNRESET`
 */
export async function exchange(
  app: FastifyInstance,
  { url, method, headers, body }: OutgoingRequest,
  signal: AbortSignal,
): Promise<IncomingResponse> {
  const hasBody = !Buffer.isBuffer(body) || body.length > 0;
  // A stream for bytes as well: what is injected as a buffer waits for the global setImmediate, which fake timers may replace.
  const payload = Buffer.isBuffer(body) ? Readable.from([body]) : Readable.fromWeb(body, { signal });
  const send = () =>
    app
      .inject({
        method,
        url: url.pathname + url.search,
        headers: {
          ...{ accept: "*/*", "user-agent": "node", host: url.host },
          ...framing(method, headers, body),
          ...Object.fromEntries(headers),
        },
        ...(hasBody && { payload }),
        payloadAsStream: true,
      })
      // What is injected begins only where its outcome is asked for.
      .catch((error) => {
        throw new TypeError("fetch failed", { cause: isBreak(error) ? connectionReset() : error });
      });
  const response = await callerInProcess.run(signal, send);
  const stream = response.stream();
  // What the application left unread of the request, it never will read.
  stream.once("close", () => payload.destroy());
  return {
    status: response.statusCode,
    statusText: response.statusMessage,
    headers: headersOf(response.headers),
    body: stream,
  };
}

/** The body of a response as its reader gets it: what breaks off is an error, and so is what was aborted. */
export function bodyStream(body: Readable, signal: AbortSignal): BodyStream<Uint8Array> {
  const onAbort = () => body.destroy(new Error("The request was aborted."));
  signal.addEventListener("abort", onAbort, { once: true });
  body.once("close", () => signal.removeEventListener("abort", onAbort));
  return ReadableStream.from(piecesOf(body, signal));
}

async function* piecesOf(body: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw signal.aborted
      ? signal.reason
      : new TypeError("terminated", { cause: isBreak(error) ? connectionReset() : error });
  }
}

function framing(method: string, headers: Headers, body: OutgoingRequest["body"]): Record<string, string> {
  if (!Buffer.isBuffer(body)) return headers.has("content-length") ? {} : { "transfer-encoding": "chunked" };
  return body.length > 0 || WITH_BODY.has(method) ? { "content-length": String(body.length) } : {};
}

function headersOf(given: Readonly<Record<string, string | number | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(given)) {
    for (const value of [values ?? []].flat()) headers.append(name, String(value));
  }
  return headers;
}

/** What `inject` makes of a response that was destroyed. */
function isBreak(error: unknown): boolean {
  return Object(error).code === "LIGHT_ECONNRESET";
}

function connectionReset(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}
