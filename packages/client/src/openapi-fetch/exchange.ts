import type { OperationId } from "@memory-api/types";
import { readJson } from "../connection/call-operation.ts";
import type { CallOptions, Middleware } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import {
  type ContractRequest,
  iterableHeaders,
  type PlainHeaders,
  platformResponse,
} from "../connection/http-messages.ts";
import { send } from "../connection/send.ts";
import { isMemoryApiError, type MemoryApiError } from "../errors/memory-api-error.ts";
import { isProfileMovedError } from "../errors/profile-moved-error.ts";
import { redacted } from "../observability/redacted.ts";

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
  readonly headers: PlainHeaders;
  readonly body: string;
}

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
    received.set(attempt, { status, headers: iterableHeaders(headers), body });
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
  return platformResponse(status, headers, body);
}
