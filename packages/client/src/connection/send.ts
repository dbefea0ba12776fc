import { type OperationId, operations } from "@memory-api/types";
import { ProfileMovedError } from "../errors/profile-moved-error.ts";
import { observed } from "../observability/observed.ts";
import { redacted } from "../observability/redacted.ts";
import { withRetries } from "../resilience/with-retries.ts";
import type { AttemptContext, CallOptions } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import type { ContractRequest } from "./contract-request.ts";
import { failureOf } from "./failure-of.ts";
import { profileIdBehind } from "./hidden-redirect.ts";
import { jsonOf } from "./json-of.ts";
import type { Success } from "./success.ts";
import { transmit } from "./transmit.ts";

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
): Promise<Success> {
  const { path: pathTemplate } = operations[operationId];
  return withRetries(connection, operationId, options, async (attempt, signal) => {
    const context = { operationId, pathTemplate, attempt };
    const request = await prepare(attempt);
    // A provider of credentials may have taken longer than was waited for.
    signal.throwIfAborted();
    return observed(connection, context, () => sendOnce(connection, request, context, signal));
  });
}

async function sendOnce(
  connection: Connection,
  request: ContractRequest,
  context: AttemptContext,
  signal: AbortSignal,
): Promise<Success> {
  const response = await transmit(connection, request, { redirect: "manual", signal }, context);
  const body = await response.text();
  const { operationId, attempt: attempts } = context;
  const { status, headers, ok } = response;
  if (ok) return { status, headers, body, attempts };
  const answer = {
    operationId,
    status,
    headers,
    body: jsonOf(body) || undefined,
    attempts,
    now: connection.surroundings.now(),
    redact: (text: string) => redacted(text, request),
    hint: status === 404 && /\/v1$/i.test(connection.baseUrl) ? VERSION_HINT : undefined,
  };
  if (response.type === "opaqueredirect") {
    const found = await profileIdBehind(connection, request, context, signal);
    // The body that the browser keeps to itself, too.
    const body = {
      message: `The profile is ${found} now`,
      uri: request.url.replace(String(request.pathParameters?.["profileId"]), found),
    };
    throw new ProfileMovedError({ ...answer, body, status: request.method === "GET" ? 301 : 308 }, found);
  }
  throw failureOf(answer);
}
