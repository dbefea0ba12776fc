import type { OperationId } from "@memory-api/types";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * The response is larger than the option `maxResponseBytes` allows. The client stopped reading it and does not repeat the call. The
 * service received the request, so a write may have taken effect.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId);
 * } catch (error) {
 *   if (isResponseTooLargeError(error)) console.log(`The response has more than ${error.maxResponseBytes} bytes.`);
 *   else throw error;
 * }
 */
export class ResponseTooLargeError extends MemoryError {
  /** The operation that was called. */
  readonly operationId: OperationId;

  /** How many times the request was sent. */
  readonly attempts: number;

  /** The limit that was exceeded, in bytes. */
  readonly maxResponseBytes: number;

  constructor(operationId: OperationId, attempts: number, maxResponseBytes: number) {
    super(`${operationId}: the response is larger than ${maxResponseBytes} bytes (maxResponseBytes)`);
    this.operationId = operationId;
    this.attempts = attempts;
    this.maxResponseBytes = maxResponseBytes;
    brand(this, "ResponseTooLargeError");
  }
}

/**
 * Whether an error is a {@link ResponseTooLargeError}, created by this copy of the package or another.
 *
 * @example
 * if (isResponseTooLargeError(error)) console.log(`${error.operationId} returned too much.`);
 */
export function isResponseTooLargeError(error: unknown): error is ResponseTooLargeError {
  return isBranded(error, "ResponseTooLargeError");
}
