import { ConnectionError, type ConnectionErrorDetails } from "../errors/connection-error.ts";
import { ResponseTooLargeError } from "../errors/response-too-large-error.ts";
import { redacted, type SentRequest } from "../observability/redacted.ts";
import type { Fetch, FetchInit, FetchResponse } from "../transports/fetch.ts";
import { isResponseTooLarge, textWithin } from "../transports/response-limit.ts";
import type { AttemptContext, MemoryRequest } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import type { ContractRequest } from "./http-messages.ts";

/**
 * Sends an attempt through the middleware to the transport.
 *
 * @throws {ConnectionError} if no complete response arrived
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
  // Middleware must not take an aborted call for a broken connection. Created here, so that the stack names the caller.
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
    const { status, ok, type = "default", headers: responseHeaders } = response;
    // The connection can break while the body is read, too.
    const text = () =>
      textWithin(response, maxResponseBytes).catch((error: unknown) => {
        throw failure(error);
      });
    return { status, ok, type, headers: responseHeaders, text };
  } catch (error) {
    throw failure(error);
  }
}

function isStream(body: FetchInit["body"]): boolean {
  return typeof body === "object" && "getReader" in body;
}

/** Matches what Node.js, Bun, Deno and undici report if a request cannot have been sent. */
const NEVER_SENT = /\bconnect E|getaddrinfo|certificate|CONNECT_TIMEOUT|Connection ?[Rr]efused|dns error|ECONNREFUSED/;

/**
 * Describes what a transport threw, without secrets.
 *
 * @param sent the request, parts of which some transports repeat in their messages
 */
export function connectionErrorDetails(
  thrown: unknown,
  { operationId, attempt }: AttemptContext,
  sent: SentRequest,
): ConnectionErrorDetails {
  const { message, errors, code: ownCode, cause } = Object(thrown);
  const { message: innerMessage, code = ownCode } = Object(cause);
  // A host name with several addresses fails with an error for each address, and no message of its own.
  const text = [message || errors?.[0]?.message, innerMessage].filter(Boolean).join(": ") || String(thrown);
  const redactedText = redacted(withoutQueries(text), sent);
  const reason = typeof code === "string" && !redactedText.includes(code) ? `${redactedText}, ${code}` : redactedText;
  return {
    operationId,
    attempts: attempt,
    code: typeof code === "string" ? code : undefined,
    mayHaveArrived: !NEVER_SENT.test(reason),
    reason,
  };
}

/** The query of an upload URL is its signature. Some runtimes put the URL into the message, followed by a bracket or a colon. */
function withoutQueries(text: string): string {
  return text.replace(/\?\S+?(?=[)"':,.]*(?:\s|$))/g, "?…");
}
