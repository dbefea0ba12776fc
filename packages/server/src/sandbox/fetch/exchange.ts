import { on } from "node:events";
import { Readable } from "node:stream";
import type { ReadableStream as BodyStream } from "node:stream/web";
import type { FastifyInstance } from "fastify";
import { nextTurn } from "../real-timers.ts";
import { callerInProcess } from "./caller-in-process.ts";

export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  /** A stream is sent without `Content-Length`, unless the headers contain it. */
  readonly body: Buffer | BodyStream;
}

export interface IncomingResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: Readable;
  /** The chunks of the body. A chunk that arrived before the connection broke is delivered before the error. */
  readonly chunks: AsyncIterable<readonly Uint8Array[]>;
}

/** Methods for which `fetch` sends `Content-Length: 0` if the body is empty. */
const METHODS_WITH_BODY = new Set(["PATCH", "POST", "PUT"]);

/**
 * Sends one request to the application. The application receives what the platform's `fetch` would send over a network.
 *
 * @throws {TypeError} as `fetch` does; if the connection breaks, the cause has the code `ECONNRESET`
 */
export async function exchange(
  app: FastifyInstance,
  { url, method, headers, body }: OutgoingRequest,
  signal: AbortSignal,
): Promise<IncomingResponse> {
  // Always a stream: `inject` delivers bytes, and an absent body, with the global setImmediate, which fake timers may replace.
  const payload = Buffer.isBuffer(body)
    ? Readable.from(body.length > 0 ? [body] : [])
    : Readable.fromWeb(body, { signal });
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
        payload,
        payloadAsStream: true,
      })
      // Without `catch` or `then`, `inject` does not start.
      .catch((error) => {
        payload.destroy();
        throw new TypeError("fetch failed", { cause: isConnectionBreak(error) ? connectionReset() : error });
      });
  const response = await callerInProcess.run(signal, send);
  const stream = response.stream();
  // A stream that is destroyed drops what it has buffered. This iterator does not, and starts to buffer immediately.
  const chunks = on(stream, "data", { close: ["end", "close"] });
  // The application does not read the rest of the request body after it responded.
  stream.once("close", () => payload.destroy());
  // Otherwise, a loop that polls the sandbox would keep timers from firing, because a request in process needs no I/O.
  await nextTurn();
  return {
    status: response.statusCode,
    statusText: response.statusMessage,
    headers: headersOf(response.headers),
    body: stream,
    chunks,
  };
}

/** Returns the body of a response as its caller reads it. A broken connection and an abort are errors of the stream. */
export function bodyStream(
  { body, chunks }: Pick<IncomingResponse, "body" | "chunks">,
  signal: AbortSignal,
): BodyStream<Uint8Array> {
  const onAbort = () => body.destroy();
  signal.addEventListener("abort", onAbort, { once: true });
  body.once("close", () => signal.removeEventListener("abort", onAbort));
  return ReadableStream.from(readChunks(body, chunks, signal));
}

async function* readChunks(
  body: Readable,
  chunks: IncomingResponse["chunks"],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const [chunk] of chunks) {
      signal.throwIfAborted();
      if (chunk) yield chunk;
    }
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    throw new TypeError("terminated", { cause: isConnectionBreak(error) ? connectionReset() : error });
  } finally {
    body.destroy();
  }
}

function framing(method: string, headers: Headers, body: OutgoingRequest["body"]): Record<string, string> {
  if (!Buffer.isBuffer(body)) return headers.has("content-length") ? {} : { "transfer-encoding": "chunked" };
  return body.length > 0 || METHODS_WITH_BODY.has(method) ? { "content-length": String(body.length) } : {};
}

function headersOf(values: Readonly<Record<string, string | number | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(values)) {
    for (const each of [value ?? []].flat()) headers.append(name, String(each));
  }
  return headers;
}

/** `inject` rejects with this code if the response was destroyed. */
function isConnectionBreak(error: unknown): boolean {
  return Object(error).code === "LIGHT_ECONNRESET";
}

function connectionReset(): Error {
  return Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}
