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
  /** The error of a response that is not successful. */
  readonly error?: MemoryApiError;
  /** Removes the parts of the request that a text repeats and must not show. */
  readonly redact: (text: string) => string;
}

/** The response of an attempt. */
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
  const record: Middleware = async (request, next, { attempt }) => {
    const response = await next(request);
    const { status, ok, type = "default", headers } = response;
    const body = await response.text();
    received.set(attempt, { status, headers: iterableHeaders(headers), body });
    return { status, ok, type, headers, text: async () => body };
  };
  // Outermost, so that it records the response that the middleware of the connection returns.
  const middleware = [record, ...(connection.options.middleware ?? [])];
  const recorded = { ...connection, options: { ...connection.options, middleware } };
  const prepareAndKeep = async (attempt: number) => {
    sent = await prepare(attempt);
    return sent;
  };
  const redact = (text: string) => (sent === undefined ? text : redacted(text, sent));
  try {
    const success = await send(recorded, id, prepareAndKeep, options);
    if (id !== "uploadImportFile") readJson(id, success, connection.environment.now());
    return { response: responseOf({ ...success, ...received.get(success.attempts) }), redact };
  } catch (error) {
    if (!isMemoryApiError(error)) throw error;
    const last = received.get(error.attempts);
    const isResponseStatus = error.status >= 300 && error.status <= 599;
    if (last === undefined || !isResponseStatus) throw error;
    return { response: failedResponse(error, last), error, redact };
  }
}

function failedResponse(error: MemoryApiError, received: Received): Response {
  const { status, message } = error;
  // A browser hides a redirect. The error contains the ID that a GET of the canonical profile returned.
  if (isProfileMovedError(error) && received.status !== status) {
    return Response.json(error.body, { status, headers: { "Canonical-Profile-Id": error.canonicalProfileId } });
  }
  // openapi-fetch has neither data nor error for an empty body, so it gets an error body.
  const isEmpty = received.body === "" && status >= 400;
  if (!isEmpty) return responseOf(received);
  const body = JSON.stringify({ code: status, message, more_info: "", status });
  return responseOf({ ...received, body });
}

function responseOf({ status, headers, body }: Received): Response {
  return platformResponse(status, headers, body);
}
