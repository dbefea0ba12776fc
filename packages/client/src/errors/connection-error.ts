import type { OperationId } from "@memory-api/types";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/** An attempt for which no complete response arrived. */
export interface ConnectionErrorDetails {
  readonly operationId: OperationId;
  readonly attempts: number;
  readonly code: string | undefined;
  readonly mayHaveArrived: boolean;
  /** The message of the transport, without secrets. */
  readonly reason: string;
}

/**
 * No complete response arrived: the network is down, a host name is unknown, or a connection broke.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId);
 * } catch (error) {
 *   if (isConnectionError(error)) console.log(`No response after ${error.attempts} attempts: ${error.code}`);
 *   else throw error;
 * }
 */
export class ConnectionError extends MemoryError {
  /** The operation that was called. */
  readonly operationId: OperationId;

  /** How many attempts were made. */
  readonly attempts: number;

  /** The code of the system or the transport, such as `ECONNREFUSED`. Not every runtime has one. */
  readonly code: string | undefined;

  /** Whether the service may have received the request. `false` only if it cannot have received it. */
  readonly mayHaveArrived: boolean;

  constructor({ operationId, attempts, code, mayHaveArrived, reason }: ConnectionErrorDetails) {
    super(`${operationId}: no response (${reason})`);
    this.operationId = operationId;
    this.attempts = attempts;
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
    brand(this, "ConnectionError");
  }
}

/**
 * Whether an error is a {@link ConnectionError}, created by this copy of the package or another.
 *
 * @example
 * if (isConnectionError(error) && !error.mayHaveArrived) console.log("The service did not receive it.");
 */
export function isConnectionError(error: unknown): error is ConnectionError {
  return isBranded(error, "ConnectionError");
}
