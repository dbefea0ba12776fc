import { type OperationId, operations, type ProfileId } from "@memory-api/types";
import { ConnectionError } from "../errors/connection-error.ts";
import { type FailedResponse, MemoryApiError } from "../errors/memory-api-error.ts";
import { ProfileMovedError } from "../errors/profile-moved-error.ts";
import { published } from "../observability/attempt-channel.ts";
import { logged } from "../observability/logger.ts";
import { redacted } from "../observability/redacted.ts";
import { withRetries } from "../resilience/with-retries.ts";
import type { AttemptContext, CallOptions } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import { type ContractRequest, iterableHeaders, type SuccessfulResponse } from "./http-messages.ts";
import { isProfileId } from "./ids.ts";
import { parseJson } from "./json.ts";
import { withHeaders } from "./request-headers.ts";
import { connectionErrorDetails, transmit } from "./transmit.ts";

/** A gateway can serve the API under such a path. The missing resource can then be a profile. */
const VERSION_HINT = "The base URL ends with /v1, and the client adds another /v1.";

/**
 * Sends a request of the contract, with retries.
 *
 * @param prepare creates the request of an attempt, 1 for the first
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ConnectionError} if no complete response arrived
 * @throws {ResponseTooLargeError} if the response is larger than the connection allows
 * @throws {TimeLimitError} if no response arrived in time
 */
export function send(
  connection: Connection,
  operationId: OperationId,
  prepare: (attempt: number) => ContractRequest | Promise<ContractRequest>,
  options: CallOptions,
): Promise<SuccessfulResponse> {
  const { path: pathTemplate } = operations[operationId];
  return withRetries(connection, operationId, options, async (attempt, signal) => {
    const context = { operationId, pathTemplate, attempt };
    const prepared = await prepare(attempt);
    const request = { ...prepared, headers: headersOf(connection, prepared, options) };
    // A credentials function may have taken longer than the time limit.
    signal.throwIfAborted();
    const work = () => sendOnce(connection, request, context, signal);
    return published(context, () => logged(connection, context, work));
  });
}

/** Adds the headers of the client and of the call to those of the request. */
function headersOf(
  { userAgent, baseUrl, options: defaults }: Connection,
  { url, headers }: ContractRequest,
  options: CallOptions,
): Record<string, string> {
  const own = { ...userAgent, ...headers };
  // The client's headers can contain secrets, which the service of a pre-signed URL must not learn.
  const isSameOrigin = url.startsWith(`${baseUrl}/`) || new URL(url).origin === new URL(baseUrl).origin;
  return withHeaders(isSameOrigin ? withHeaders(own, defaults.headers) : own, options.headers);
}

async function sendOnce(
  connection: Connection,
  request: ContractRequest,
  context: AttemptContext,
  signal: AbortSignal,
): Promise<SuccessfulResponse> {
  const response = await transmit(connection, request, { redirect: "manual", signal }, context);
  const body = await response.text();
  const { operationId, attempt: attempts } = context;
  const { status, ok } = response;
  const headers = iterableHeaders(response.headers);
  if (ok) return { status, headers, body, attempts };
  const failed = {
    operationId,
    status,
    headers,
    body: parseJson(body) || undefined,
    attempts,
    now: connection.environment.now(),
    redact: (text: string) => redacted(text, request),
    hint: status === 404 && /\/v1$/i.test(connection.baseUrl) ? VERSION_HINT : undefined,
  };
  if (response.type === "opaqueredirect") {
    const found = await profileIdBehindRedirect(connection, request, context, signal);
    // The browser hides the body, too.
    const body = {
      message: `The profile is ${found} now`,
      uri: request.url.replace(String(request.pathParameters?.["profileId"]), found),
    };
    throw new ProfileMovedError({ ...failed, body, status: request.method === "GET" ? 301 : 308 }, found);
  }
  throw failureOf(failed);
}

/** Returns the error for a response that is not successful. */
export function failureOf(response: FailedResponse): MemoryApiError {
  const canonical = response.headers.get("canonical-profile-id");
  const isRedirect = response.status === 301 || response.status === 308;
  return isRedirect && isProfileId(canonical)
    ? new ProfileMovedError(response, canonical)
    : new MemoryApiError(response);
}

/**
 * Finds the target of a redirect that a browser hides. A browser follows the redirect of a read, and sends no credentials to other
 * origins. The profile that the read returns is the canonical one.
 *
 * @throws {ConnectionError} if the read returns no profile
 */
async function profileIdBehindRedirect(
  connection: Connection,
  request: ContractRequest,
  context: AttemptContext,
  signal: AbortSignal,
): Promise<ProfileId> {
  const read = { ...request, method: "GET", body: undefined } as const;
  const response = await transmit(connection, read, { redirect: "follow", signal }, context);
  const body = await response.text();
  const { id }: { id?: unknown } = Object(response.ok && parseJson(body));
  if (isProfileId(id)) return id;
  throw new ConnectionError(
    connectionErrorDetails(new Error("a hidden redirect that leads to no profile"), context, read),
  );
}
