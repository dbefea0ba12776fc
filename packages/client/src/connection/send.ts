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
import type { ContractRequest, SuccessfulResponse } from "./http-messages.ts";
import { isProfileId } from "./ids.ts";
import { parseJson } from "./json.ts";
import { connectionErrorDetails, transmit } from "./transmit.ts";

/** A gateway may have the API under such a path, and a profile may be missing there. */
const VERSION_HINT = "The base URL ends with /v1, and the client adds another /v1.";

/**
 * Sends a request of the contract, again where that is right.
 *
 * @param prepare makes the request of one attempt, 1 for the first
 * @throws {MemoryApiError} if the answer is no success
 * @throws {ConnectionError} if none came
 * @throws {ResponseTooLargeError} if the response is larger than the connection allows
 * @throws {TimeLimitError} if none came in time
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
    const request = await prepare(attempt);
    // A provider of credentials may have taken longer than was waited for.
    signal.throwIfAborted();
    const work = () => sendOnce(connection, request, context, signal);
    return published(context, () => logged(connection, context, work));
  });
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
  const { status, headers, ok } = response;
  if (ok) return { status, headers, body, attempts };
  const answer = {
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
    // The body that the browser keeps to itself, too.
    const body = {
      message: `The profile is ${found} now`,
      uri: request.url.replace(String(request.pathParameters?.["profileId"]), found),
    };
    throw new ProfileMovedError({ ...answer, body, status: request.method === "GET" ? 301 : 308 }, found);
  }
  throw failureOf(answer);
}

/** Returns the error for a response that is not successful. */
export function failureOf(answer: FailedResponse): MemoryApiError {
  const canonical = answer.headers.get("canonical-profile-id");
  const isRedirect = answer.status === 301 || answer.status === 308;
  return isRedirect && isProfileId(canonical) ? new ProfileMovedError(answer, canonical) : new MemoryApiError(answer);
}

/**
 * A browser hides where a redirect leads. It follows that of a read, and keeps credentials from other origins; the profile that it
 * then finds is the canonical one.
 *
 * @throws {ConnectionError} if it finds none
 */
export async function profileIdBehindRedirect(
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
