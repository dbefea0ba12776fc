import { once } from "node:events";
import { type IncomingMessage, request as openRequest } from "node:http";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { responseFaults } from "./check-response.ts";
import { type Login, logins } from "./settings-for-tests.ts";

export interface Request {
  readonly method: string;
  /** Path and query, beginning with a slash. Sent unchanged. */
  readonly target: string;
  /** Bytes are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** Override the default headers. An empty value removes a header. */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default the owner of the stores */
  readonly as?: Login | "nobody";
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The unparsed body. */
  readonly text: string;
  /** The parsed JSON; `undefined` if there is no body. */
  readonly body: unknown;
}

/** Returns the request with additional headers. */
export function withHeaders(request: Request, headers: NonNullable<Request["headers"]>): Request {
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** Sends exactly this request over a new connection, and checks the response against the contract. */
export async function sendRequest(url: string, request: Request): Promise<ApiResponse> {
  const { method, target, body } = request;
  const payload = body === undefined || body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const outgoing = openRequest(url, { method, path: target, headers: headersOf(request, payload), agent: false });
  // A server that rejects a body does not wait for its end.
  outgoing.on("error", () => {});
  outgoing.end(payload);
  const [incoming]: IncomingMessage[] = await once(outgoing, "response");
  if (incoming === undefined) throw new Error("There is no response.");
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const received = await text(incoming);
  const status = incoming.statusCode ?? 0;
  expect(responseFaults({ method, target, status, headers, body: received })).toEqual([]);
  return { status, headers, text: received, body: received === "" ? undefined : JSON.parse(received) };
}

function headersOf({ headers = {}, as = logins.owner }: Request, payload: Uint8Array | undefined) {
  const all = {
    ...(as !== "nobody" && { authorization: `Basic ${Buffer.from(as.join(":")).toString("base64")}` }),
    ...(payload && { "content-type": "application/json", "content-length": String(payload.length) }),
    ...headers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}
