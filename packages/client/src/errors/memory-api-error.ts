import type { ErrorStatusOf, HeadersOf, OperationId, RedirectStatusOf, ResponseOf, StatusOf } from "@memory-api/types";
import { type ResponseHeaders, requestIdOf } from "../connection/http-messages.ts";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/** How much of a body that is not valid JSON is kept, in UTF-8 bytes. */
const KEPT_BYTES = 512;

/** The longest text of an error body that the contract allows. A longer one is not from the service. */
const LONGEST_TEXT = 1024;

/** A documented status outside 2xx. */
export type FailureStatusOf<Id extends OperationId> = ErrorStatusOf<Id> | RedirectStatusOf<Id>;

/** The documented body of a status; `unknown` for a status that is not documented. */
export type FailureBodyOf<Id extends OperationId, Status> = Id extends OperationId
  ? Status extends FailureStatusOf<Id> & StatusOf<Id>
    ? ResponseOf<Id, Status>
    : unknown
  : never;

type FailureHeadersOf<Id extends OperationId, Status> = Status extends StatusOf<Id> ? HeadersOf<Id, Status> : unknown;

/** The response of a {@link MemoryApiError}. */
export interface FailedResponse {
  readonly operationId: OperationId;
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Parsed JSON, or the text if it is not valid JSON; `undefined` if it is empty. */
  readonly body: unknown;
  readonly attempts: number;
  /** The current time in milliseconds since 1970, for a `Retry-After` with a date. */
  readonly now: number;
  /** Removes from a text what it repeats of the request and must not be shown. */
  readonly redact?: (text: string) => string;
  /** A sentence about the likely cause, which follows the message. */
  readonly hint?: string | undefined;
}

/**
 * A non-2xx response, or a 2xx response that cannot be read. The body and the headers are not shown when the error is printed or
 * serialized, since they can contain personal data.
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

  /** HTTP status of the response. */
  readonly status: Status;

  /** The `code` of the error body; `undefined` if there is none, as in a redirect. */
  readonly code: number | undefined;

  /** URL of a page about the error: `more_info` of the body, or `type` of a problem document (RFC 9457). */
  readonly moreInfo: string | undefined;

  /** The request ID that the service assigned. Include it in support requests. */
  readonly requestId: string | undefined;

  /** The pause that the service requests with `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  /** How many times the request was sent. */
  readonly attempts: number;

  /** The parsed JSON body; `undefined` if it is not valid JSON. */
  declare readonly body: FailureBodyOf<Id, Status>;

  /** The first 512 bytes of a body that is not valid JSON. */
  declare readonly bodyText: string | undefined;

  /** Headers of the response. */
  declare readonly headers: ResponseHeaders<FailureHeadersOf<Id, Status>>;

  constructor(response: FailedResponse & { readonly operationId: Id; readonly status: Status }) {
    const { operationId, status, headers, attempts, now, redact = String } = response;
    const isText = typeof response.body === "string";
    const body = isText ? undefined : response.body;
    const text = (key: string) => shortTextOf(body, key, redact);
    const message = text("message") ?? text("detail") ?? text("title") ?? defaultMessage(operationId, status);
    super(response.hint === undefined ? message : `${message.replace(/\.$/, "")}. ${response.hint}`);
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
      bodyText: { value: isText ? firstBytes(String(response.body)) : undefined },
      headers: { value: headers },
    });
  }
}

/**
 * Whether an error is a {@link MemoryApiError}, created by this copy of the package or another: of any operation, of one operation, or of
 * one operation with a status and its documented body. Body and headers then have the types of the contract. The error page of a gateway
 * has another body, so it does not match a status.
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

function defaultMessage(operationId: OperationId, status: number): string {
  const isSuccess = status >= 200 && status < 300;
  return `${operationId} returned status ${status}${isSuccess ? ", but the body is not the JSON of the contract" : ""}`;
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

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds from now; `undefined` if there is no header, or it cannot be read
 */
function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
