import { once } from "node:events";
import { type IncomingMessage, request as openRequest } from "node:http";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { responseFaults } from "./check-response.ts";
import { type Login, logins } from "./settings-for-tests.ts";

export interface Request {
  readonly method: string;
  /** Path and query, from the slash on. Sent as it is. */
  readonly target: string;
  /** Sent as JSON, but for bytes. */
  readonly body?: unknown;
  /** Over those that go without saying. One that is empty is not sent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The owner of the stores, if it does not say. */
  readonly as?: Login | "nobody";
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it came. */
  readonly text: string;
  /** Read as JSON; `undefined` where there is none. */
  readonly body: unknown;
}

/** The request with these headers too. */
export function withHeaders(request: Request, headers: NonNullable<Request["headers"]>): Request {
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** Sends exactly this request, over a connection of its own, and holds the answer against the contract. */
export async function sendRequest(url: string, request: Request): Promise<ApiResponse> {
  const { method, target, body } = request;
  const payload = body === undefined || body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const outgoing = openRequest(url, { method, path: target, headers: headersOf(request, payload), agent: false });
  // A server that refuses a body does not wait for its end.
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
