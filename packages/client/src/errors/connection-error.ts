import type { OperationId } from "@memory-api/types";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/** What is known of an attempt to which no whole answer came. */
export interface ConnectionErrorDetails {
  readonly operationId: OperationId;
  readonly attempts: number;
  readonly code: string | undefined;
  readonly mayHaveArrived: boolean;
  /** What the transport said, without queries of URLs. */
  readonly reason: string;
}

/**
 * No answer came, or not the whole of one: the network is down, a name is unknown, a connection was cut.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId);
 * } catch (error) {
 *   if (isConnectionError(error)) console.log(`No answer after ${error.attempts} attempts: ${error.code}`);
 *   else throw error;
 * }
 */
export class ConnectionError extends MemoryError {
  /** The operation that was called. */
  readonly operationId: OperationId;

  /** How often it was sent, or tried to be. */
  readonly attempts: number;

  /** What the system or the transport calls it, such as `ECONNREFUSED`; not every runtime tells. */
  readonly code: string | undefined;

  /** Whether the service may have done what was asked. `false` only where it cannot have heard of it. */
  readonly mayHaveArrived: boolean;

  constructor({ operationId, attempts, code, mayHaveArrived, reason }: ConnectionErrorDetails) {
    super(`${operationId}: no answer (${reason})`);
    this.operationId = operationId;
    this.attempts = attempts;
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
    brand(this, "ConnectionError");
  }
}

/**
 * Whether an error is a {@link ConnectionError}, of this copy of the package or another.
 *
 * @example
 * if (isConnectionError(error) && !error.mayHaveArrived) console.log("The service never heard of it.");
 */
export function isConnectionError(error: unknown): error is ConnectionError {
  return isBranded(error, "ConnectionError");
}
