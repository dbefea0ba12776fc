import { type ErrorStatusOf, type OperationId, operations } from "@memory-api/types";
import {
  ApiError,
  alreadyUploaded,
  badRequest,
  contentTooLarge,
  forbidden,
  internalError,
  lengthRequired,
  notFound,
  tooManyRequests,
  unauthorized,
  unavailable,
  unsupportedMediaType,
} from "../../operations/api-error.ts";

/** A status that a fault can return: any error status of an operation, and those of a gateway in front of the service. */
export type FaultStatus = { [Id in OperationId]: ErrorStatusOf<Id> }[OperationId] | 502 | 504;

/** Seconds, for a 429 fault without `retryAfter`. */
const DEFAULT_RETRY_AFTER = 1;
const REASON = "A fault of the sandbox returned this error";

const errors: Readonly<Record<FaultStatus, () => ApiError>> = {
  400: () => badRequest(REASON),
  401: unauthorized,
  403: () => forbidden(),
  404: () => notFound(REASON),
  409: alreadyUploaded,
  411: lengthRequired,
  413: () => contentTooLarge(),
  415: unsupportedMediaType,
  429: () => tooManyRequests(DEFAULT_RETRY_AFTER),
  500: internalError,
  502: () => new ApiError(502, 20502, "The gateway received an invalid response from the service"),
  503: unavailable,
  504: () => new ApiError(504, 20504, "The gateway received no response from the service in time"),
};

const documented = Object.values(operations).flatMap(({ statuses }): readonly number[] => statuses);

/** In ascending order. */
export const faultStatuses: readonly number[] = [
  ...new Set([...documented.filter((status) => status >= 400), 502, 504]),
].sort();

export function isFaultStatus(status: number | undefined): status is FaultStatus {
  return status !== undefined && faultStatuses.includes(status);
}

/** @param retryAfter seconds */
export function faultError(status: FaultStatus, retryAfter: number | undefined): ApiError {
  const { code, message, headers } = errors[status]();
  return new ApiError(status, code, message, {
    ...headers,
    ...(retryAfter !== undefined && { "Retry-After": String(retryAfter) }),
  });
}
