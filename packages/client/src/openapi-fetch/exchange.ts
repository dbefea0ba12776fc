import type { OperationId } from "@memory-api/types";
import { readJson } from "../connection/call-operation.ts";
import type { CallOptions, Middleware } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { ContractRequest } from "../connection/http-messages.ts";
import { send } from "../connection/send.ts";
import { isMemoryApiError, type MemoryApiError } from "../errors/memory-api-error.ts";
import { isProfileMovedError } from "../errors/profile-moved-error.ts";
import { redacted } from "../observability/redacted.ts";
import type { FetchResponse } from "../transports/fetch.ts";

/** The outcome of a request. */
export interface Outcome {
  readonly response: Response;
  /** The error that stands for the response if it is not successful. */
  readonly error?: MemoryApiError;
  /** Removes from a text what it repeats of the request and must not be shown. */
  readonly redact: (text: string) => string;
}

/** What arrived in an attempt. */
interface Received {
  readonly status: number;
  readonly headers: FetchResponse["headers"];
  readonly body: string;
}

/** Statuses whose response has no body (Fetch standard, "null body status"). */
const WITHOUT_BODY = [204, 205, 304];

/** Headers that are copied from a transport that cannot list its headers. */
const KNOWN_HEADERS = [
  "allow",
  "canonical-profile-id",
  "content-type",
  "location",
  "retry-after",
  "twilio-request-id",
  "www-authenticate",
  "x-request-id",
];

/**
 * Sends a request with the retries and time limits of a connection, and resolves to the response of the last attempt.
 *
 * @param prepare creates the request of an attempt, 1 for the first
 * @throws {MemoryApiError} for a success that is not the JSON of the operation, and for a status outside 200 to 599
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 */
export async function exchange(
  connection: Connection,
  id: OperationId,
  prepare: (attempt: number) => ContractRequest | Promise<ContractRequest>,
  options: CallOptions,
): Promise<Outcome> {
  let sent: ContractRequest | undefined;
  const received = new Map<number, Received>();
  const keep: Middleware = async (request, next, { attempt }) => {
    const response = await next(request);
    const { status, ok, type = "default", headers } = response;
    const body = await response.text();
    received.set(attempt, { status, headers, body });
    return { status, ok, type, headers, text: async () => body };
  };
  // Outermost, so that it sees what the middleware of the connection made of the response.
  const middleware = [keep, ...(connection.options.middleware ?? [])];
  const watched = { ...connection, options: { ...connection.options, middleware } };
  const remembered = async (attempt: number) => {
    sent = await prepare(attempt);
    return sent;
  };
  const redact = (text: string) => (sent === undefined ? text : redacted(text, sent));
  try {
    const success = await send(watched, id, remembered, options);
    if (id !== "uploadImportFile") readJson(id, success, connection.environment.now());
    return { response: responseOf({ ...success, ...received.get(success.attempts) }), redact };
  } catch (error) {
    if (!isMemoryApiError(error)) throw error;
    const answer = received.get(error.attempts);
    const isPossible = error.status >= 300 && error.status <= 599;
    if (answer === undefined || !isPossible) throw error;
    return { response: failedResponse(error, answer), error, redact };
  }
}

function failedResponse(error: MemoryApiError, received: Received): Response {
  const { status, message } = error;
  // A browser hides a redirect. The error contains what a read of the canonical profile revealed.
  if (isProfileMovedError(error) && received.status !== status) {
    return Response.json(error.body, { status, headers: { "Canonical-Profile-Id": error.canonicalProfileId } });
  }
  // openapi-fetch has neither data nor error for an empty body, so it gets an error body that says as much.
  const isEmpty = received.body === "" && status >= 400;
  if (!isEmpty) return responseOf(received);
  const body = JSON.stringify({ code: status, message, more_info: "", status });
  return responseOf({ ...received, body });
}

function responseOf({ status, headers, body }: Received): Response {
  const hasType = headers.get("content-type") !== null;
  // A string would get a Content-Type that was not sent.
  const content = hasType ? body : new TextEncoder().encode(body);
  return new Response(WITHOUT_BODY.includes(status) ? null : content, { status, headers: headersOf(headers) });
}

/** All headers but those that describe the body before it was decoded. */
function headersOf(headers: FetchResponse["headers"]): Record<string, string> | [string, string][] {
  const all: Record<string, string> = {};
  const cookies: [string, string][] = [];
  for (const [name, value] of entriesOf(headers)) {
    if (name === "content-encoding" || name === "content-length" || value === undefined || value === null) continue;
    // Headers of the platform list each cookie by itself, those of Node.js all of them at once.
    if (name === "set-cookie") cookies.push(...[value].flat().map((cookie): [string, string] => [name, cookie]));
    else all[name] = String(value);
  }
  return cookies.length > 0 ? [...Object.entries(all), ...cookies] : all;
}

function entriesOf(
  headers: FetchResponse["headers"],
): Iterable<readonly [string, string | string[] | null | undefined]> {
  if (isIterable(headers)) return headers;
  if (headers.raw !== undefined) return Object.entries(headers.raw);
  return KNOWN_HEADERS.map((name) => [name, headers.get(name)] as const);
}

/** As the headers of every implementation of `fetch` are. */
function isIterable(headers: object): headers is Iterable<[string, string]> {
  return Symbol.iterator in headers;
}
