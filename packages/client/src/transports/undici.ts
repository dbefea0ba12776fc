import { Readable } from "node:stream";
import { Agent, type Dispatcher, request } from "undici";
import type { Fetch, FetchBody } from "./fetch.ts";
import { nodeResponse, readText } from "./node-response.ts";

/** Options of {@link undiciFetch}. */
export interface UndiciFetchOptions {
  /**
   * Sends the requests: an `Agent` with your own limits, a `ProxyAgent`, a `MockAgent`. The caller who created it closes it.
   *
   * @default a separate Agent, without time limits of its own
   */
  readonly dispatcher?: Dispatcher | undefined;
}

/** A transport that keeps its connections open for later calls. */
export interface UndiciFetch extends Fetch {
  /** Waits for requests in progress, then closes the connections. A `dispatcher` of the caller stays open. */
  close(): Promise<void>;
}

/**
 * Creates a transport for Node.js that needs less CPU time for a call than the platform's `fetch`. It requires the package `undici`.
 *
 * It reads a response body completely before it resolves, so that the connection is free for the next call.
 *
 * @example
 * const fetch = undiciFetch();
 * const memory = createMemoryClient({ fetch });
 * // Before the program ends:
 * await fetch.close();
 */
export function undiciFetch({ dispatcher }: UndiciFetchOptions = {}): UndiciFetch {
  const own = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const send: Fetch = async (url, { method, headers, body, signal, maxResponseBytes }) => {
    const response = await request(url, { dispatcher: dispatcher ?? own, method, signal, ...sendable(headers, body) });
    const text = await readText(response.body, response.headers["content-encoding"], maxResponseBytes);
    return nodeResponse(response.statusCode, response.headers, async () => text);
  };
  const close = async () => {
    if (!own.closed) await own.close();
  };
  return Object.assign(send, { close });
}

/** A Blob is sent as a stream, because some versions of undici would read it into memory first. */
function sendable(
  headers: Record<string, string>,
  body: FetchBody | undefined,
): Pick<Dispatcher.DispatchOptions, "headers" | "body"> {
  if (body === undefined || typeof body === "string" || body instanceof Uint8Array)
    return { headers, body: body ?? null };
  if (body instanceof ReadableStream) return { headers, body: Readable.fromWeb(body) };
  return { headers: { "Content-Length": String(body.size), ...headers }, body: Readable.fromWeb(body.stream()) };
}
