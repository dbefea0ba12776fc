import type { OperationId } from "@memory-api/types";
import type { CallOptions, Middleware } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { ContractRequest } from "../connection/contract-request.ts";
import { send } from "../connection/send.ts";
import { isMemoryApiError, type MemoryApiError } from "../errors/memory-api-error.ts";
import { isProfileMovedError, type ProfileMovedError } from "../errors/profile-moved-error.ts";
import type { FetchResponse } from "../transports/fetch.ts";

/** A response, and the error that stands for it if it is not successful. */
export interface Exchange {
  readonly response: Response;
  readonly error?: MemoryApiError;
}

interface Received {
  readonly status: number;
  readonly headers: FetchResponse["headers"];
  readonly body: string;
}

/** Statuses whose response has no body (Fetch standard, "null body status"). */
const WITHOUT_BODY = [204, 205, 304];

/** Headers that are copied from a transport that does not list its headers. */
const KNOWN_HEADERS = [
  "content-type",
  "content-length",
  "canonical-profile-id",
  "location",
  "retry-after",
  "www-authenticate",
  "x-request-id",
  "twilio-request-id",
];

/**
 * Sends a request with the retries and time limits of a connection, and resolves to the last response, whatever its status.
 *
 * @param prepare creates the request of an attempt, 1 for the first
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time
 */
export async function exchange(
  connection: Connection,
  id: OperationId,
  prepare: (attempt: number) => ContractRequest | Promise<ContractRequest>,
  options: CallOptions,
): Promise<Exchange> {
  const last: { received?: Received } = {};
  const keep: Middleware = async (request, next) => {
    const response = await next(request);
    const { status, ok, type = "default", headers } = response;
    const body = await response.text();
    last.received = { status, headers, body };
    return { status, ok, type, headers, text: async () => body };
  };
  // Outermost, so that it sees what the middleware of the connection made of the response.
  const middleware = [keep, ...(connection.options.middleware ?? [])];
  const watched = { ...connection, options: { ...connection.options, middleware } };
  try {
    await send(watched, id, prepare, options);
    return { response: responseOf(last.received) };
  } catch (error) {
    if (!isMemoryApiError(error)) throw error;
    const isHidden = isProfileMovedError(error) && last.received?.status !== error.status;
    return { response: isHidden ? redirectOf(error) : responseOf(last.received), error };
  }
}

function responseOf(received: Received | undefined): Response {
  if (received === undefined) throw new Error("A middleware threw the error of another call.");
  const { status, headers, body } = received;
  return new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers: allOf(headers) });
}

function allOf(headers: FetchResponse["headers"]): Headers | Record<string, string> {
  if (headers instanceof Headers) return headers;
  const all: Record<string, string> = {};
  for (const name of headers.raw === undefined ? KNOWN_HEADERS : Object.keys(headers.raw)) {
    const value = headers.get(name);
    if (value !== null) all[name] = value;
  }
  return all;
}

/** A browser hides a redirect. The error contains what a read of the canonical profile revealed. */
function redirectOf({ status, body, canonicalProfileId }: ProfileMovedError): Response {
  return Response.json(body, { status, headers: { "Canonical-Profile-Id": canonicalProfileId } });
}
