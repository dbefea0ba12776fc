import type { ErrorStatusOf, HeadersOf, OperationId, RedirectStatusOf, ResponseOf, StatusOf } from "@memory-api/types";
import { type ResponseHeaders, requestIdOf } from "../connection/http-messages.ts";
import { retryAfterMs } from "../resilience/retry-policy.ts";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/** How much is kept of a body that is no JSON, in UTF-8 bytes. */
const KEPT_BYTES = 512;

/** How long a text of an error body may be, by the contract. A longer one is none of the service. */
const LONGEST_TEXT = 1024;

/** A status of the contract that is no success. */
export type FailureStatusOf<Id extends OperationId> = ErrorStatusOf<Id> | RedirectStatusOf<Id>;

/** The body that the contract has for a status; anything for a status that it does not have. */
export type FailureBodyOf<Id extends OperationId, Status> = Id extends OperationId
  ? Status extends FailureStatusOf<Id> & StatusOf<Id>
    ? ResponseOf<Id, Status>
    : unknown
  : never;

type FailureHeadersOf<Id extends OperationId, Status> = Status extends StatusOf<Id> ? HeadersOf<Id, Status> : unknown;

/** The answer that a {@link MemoryApiError} tells of. */
export interface FailedResponse {
  readonly operationId: OperationId;
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** As JSON, or as text where it is none; `undefined` where it is empty. */
  readonly body: unknown;
  readonly attempts: number;
  /** Milliseconds since 1970, which a `Retry-After` with a date is counted from. */
  readonly now: number;
  /** Takes out of a text of the body what it repeats of the request and may not be shown. */
  readonly redact?: (text: string) => string;
  /** A sentence about the likely cause, which follows the message. */
  readonly hint?: string | undefined;
}

/**
 * The service answered, but not as it should: with an error, or with a success whose body is not the JSON that belongs to it.
 * What a body or a header holds is not shown when the error is printed or turned into JSON, since it can hold what people wrote.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId);
 * } catch (error) {
 *   if (isMemoryApiError(error, "fetchProfile", 404)) console.log(error.body.message);
 *   else throw error;
 * }
 */
export class MemoryApiError<Id extends OperationId = OperationId, Status extends number = number> extends MemoryError {
  /** The operation that was called. */
  readonly operationId: Id;

  /** HTTP status of the answer. */
  readonly status: Status;

  /** The `code` of the error body; `undefined` where there is none, as in a redirect. */
  readonly code: number | undefined;

  /** A page about the error: `more_info` of the body, or `type` of one by RFC 9457. */
  readonly moreInfo: string | undefined;

  /** ID that the service gave to the request, for its support. */
  readonly requestId: string | undefined;

  /** How long the service asks to wait, in milliseconds, if it does. */
  readonly retryAfterMs: number | undefined;

  /** How often the request was sent. */
  readonly attempts: number;

  /** The body as JSON; `undefined` where it is none. */
  declare readonly body: FailureBodyOf<Id, Status>;

  /** The first 512 bytes of a body that is no JSON. */
  declare readonly bodyText: string | undefined;

  /** Headers of the answer. */
  declare readonly headers: ResponseHeaders<FailureHeadersOf<Id, Status>>;

  constructor(answer: FailedResponse & { readonly operationId: Id; readonly status: Status }) {
    const { operationId, status, headers, attempts, now, redact = String } = answer;
    const isText = typeof answer.body === "string";
    const body = isText ? undefined : answer.body;
    const text = (key: string) => shortTextOf(body, key, redact);
    const message = text("message") ?? text("detail") ?? text("title") ?? told(operationId, status);
    super(answer.hint === undefined ? message : `${message.replace(/\.$/, "")}. ${answer.hint}`);
    this.operationId = operationId;
    this.status = status;
    this.code = numberOf(body, "code");
    this.moreInfo = text("more_info") ?? text("type");
    this.requestId = requestIdOf(headers);
    this.retryAfterMs = retryAfterMs(headers.get("retry-after"), now);
    this.attempts = attempts;
    brand(this, "MemoryApiError");
    Object.defineProperties(this, {
      body: { value: body },
      bodyText: { value: isText ? firstBytes(String(answer.body)) : undefined },
      headers: { value: headers },
    });
  }
}

/**
 * Whether an error is a {@link MemoryApiError}, of this copy of the package or another: of any operation, of one, or of one with this
 * status and the body that the contract has for it. Body and headers then have the types of the contract. What a gateway answers with the same status
 * has another body, and is none of these.
 *
 * @example
 * if (isMemoryApiError(error)) console.log(error.operationId, error.status, error.code);
 * if (isMemoryApiError(error, "createProfile", 429)) console.log(error.headers.get("Retry-After"));
 */
export function isMemoryApiError(error: unknown): error is MemoryApiError;
export function isMemoryApiError<Id extends OperationId>(error: unknown, operationId: Id): error is MemoryApiError<Id>;
export function isMemoryApiError<Id extends OperationId, Status extends FailureStatusOf<Id>>(
  error: unknown,
  operationId: Id,
  status: Status,
): error is MemoryApiError<Id, Status>;
export function isMemoryApiError(error: unknown, operationId?: OperationId, status?: number): error is MemoryApiError {
  if (!isBranded(error, "MemoryApiError")) return false;
  const { operationId: ownId, status: ownStatus, body } = Object(error);
  if (operationId !== undefined && operationId !== ownId) return false;
  return status === undefined || (status === ownStatus && isContractBody(status, body));
}

/** Whether a body is the redirect body or the error body of the contract, depending on the status. */
export function isContractBody(status: number, body: unknown): boolean {
  const { message, uri, code, more_info: moreInfo, status: bodyStatus } = Object(body);
  const texts = status < 400 ? [message, uri] : [message, moreInfo];
  const numbers = status < 400 ? [] : [code, bodyStatus];
  return texts.every((text) => typeof text === "string") && numbers.every(Number.isInteger);
}

function told(operationId: OperationId, status: number): string {
  const isSuccess = status >= 200 && status < 300;
  return `${operationId} was answered with status ${status}${isSuccess ? ", but the body is not the JSON that it should be" : ""}`;
}

function firstBytes(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, KEPT_BYTES));
}

function shortTextOf(body: unknown, key: string, redact: (text: string) => string): string | undefined {
  const value: unknown = Object(body)[key];
  return typeof value === "string" && value.length <= LONGEST_TEXT ? redact(value) : undefined;
}

function numberOf(body: unknown, key: string): number | undefined {
  const value: unknown = Object(body)[key];
  return typeof value === "number" ? value : undefined;
}
