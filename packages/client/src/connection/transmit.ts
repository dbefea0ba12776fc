import { ConnectionError } from "../errors/connection-error.ts";
import type { Fetch, FetchInit, FetchResponse } from "../transports/fetch.ts";
import type { AttemptContext, MemoryRequest } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import { connectionErrorDetails } from "./connection-error-details.ts";
import type { ContractRequest } from "./contract-request.ts";

/**
 * Sends an attempt through the middleware to the transport.
 *
 * @throws {ConnectionError} if no answer came
 * @throws the reason of the signal, once it is aborted
 */
export function transmit(
  connection: Connection,
  { method, url, headers, body, fetch = connection.fetch }: ContractRequest,
  { redirect, signal }: Pick<FetchInit, "redirect" | "signal">,
  context: AttemptContext,
): Promise<FetchResponse> {
  const last = (request: MemoryRequest) => fetched(fetch, request, redirect, context);
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
  context: AttemptContext,
): Promise<FetchResponse> {
  const details = (error: unknown) => connectionErrorDetails(error, context, { url, headers, body });
  try {
    const init: FetchInit = { method, headers, redirect, signal };
    if (body !== undefined) init.body = body;
    if (isStream(body)) init.duplex = "half";
    const response = await fetch(url, init);
    const { status, ok, type = "default", headers: answered } = response;
    // A connection can be cut while the body is read, too.
    const text = () =>
      response.text().catch((error: unknown) => {
        throw signal.aborted ? signal.reason : new ConnectionError(details(error));
      });
    return { status, ok, type, headers: answered, text };
  } catch (error) {
    // Whoever looks on shall not take the end of a call for a connection that broke. Made here, so that the stack tells who called.
    throw signal.aborted ? signal.reason : new ConnectionError(details(error));
  }
}

function isStream(body: FetchInit["body"]): boolean {
  return typeof body === "object" && "getReader" in body;
}
