import { ConnectionError } from "../errors/connection-error.ts";
import { ResponseTooLargeError } from "../errors/response-too-large-error.ts";
import type { Fetch, FetchInit, FetchResponse } from "../transports/fetch.ts";
import { isResponseTooLarge, textWithin } from "../transports/response-limit.ts";
import type { AttemptContext, MemoryRequest } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import { connectionErrorDetails } from "./connection-error-details.ts";
import type { ContractRequest } from "./contract-request.ts";

/**
 * Sends an attempt through the middleware to the transport.
 *
 * @throws {ConnectionError} if no answer came
 * @throws {ResponseTooLargeError} if the response is larger than the connection allows
 * @throws the reason of the signal, once it is aborted
 */
export function transmit(
  connection: Connection,
  { method, url, headers, body, fetch = connection.fetch }: ContractRequest,
  { redirect, signal }: Pick<FetchInit, "redirect" | "signal">,
  context: AttemptContext,
): Promise<FetchResponse> {
  const last = (request: MemoryRequest) => fetched(fetch, request, redirect, connection.maxResponseBytes, context);
  const chain = (connection.options.middleware ?? []).reduceRight<typeof last>(
    (next, middleware) => (request) => middleware(request, next, context),
    last,
  );
  return chain({ url, method, headers, body, signal });
}

async function fetched(
  fetch: Fetch,
  { url, method, headers, body, signal }: MemoryRequest,
  redirect: FetchInit["redirect"],
  maxResponseBytes: number,
  context: AttemptContext,
): Promise<FetchResponse> {
  // Whoever looks on shall not take the end of a call for a connection that broke. Made here, so that the stack tells who called.
  const failure = (error: unknown) => {
    if (signal.aborted) return signal.reason;
    const { operationId, attempt } = context;
    return isResponseTooLarge(error)
      ? new ResponseTooLargeError(operationId, attempt, maxResponseBytes)
      : new ConnectionError(connectionErrorDetails(error, context, { url, headers, body }));
  };
  try {
    const init: FetchInit = { method, headers, redirect, signal, maxResponseBytes };
    if (body !== undefined) init.body = body;
    if (isStream(body)) init.duplex = "half";
    const response = await fetch(url, init);
    const { status, ok, type = "default", headers: answered } = response;
    // A connection can be cut while the body is read, too.
    const text = () =>
      textWithin(response, maxResponseBytes).catch((error: unknown) => {
        throw failure(error);
      });
    return { status, ok, type, headers: answered, text };
  } catch (error) {
    throw failure(error);
  }
}

function isStream(body: FetchInit["body"]): boolean {
  return typeof body === "object" && "getReader" in body;
}
