import type { OperationId } from "@memory-api/types";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/** The limit that was exceeded: that of one attempt, or that of a call with all its attempts and pauses. */
export type TimeLimit = "attempt" | "deadline";

/**
 * The call did not finish in time. The outcome of the request is unknown, unless nothing was sent: then `attempts` is 0.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId, { deadline: 5_000 });
 * } catch (error) {
 *   if (isTimeLimitError(error)) console.log(`No response within ${error.ms} ms.`);
 *   else throw error;
 * }
 */
export class TimeLimitError extends MemoryError {
  /** The operation that was called. */
  readonly operationId: OperationId;

  /** The limit that was exceeded. */
  readonly limit: TimeLimit;

  /** The limit in milliseconds. */
  readonly ms: number;

  /** How many times the request was sent. */
  readonly attempts: number;

  /** The remaining pause after a 429 in milliseconds, if it is the reason why nothing was sent. */
  readonly retryAfterMs: number | undefined;

  constructor(operationId: OperationId, limit: TimeLimit, ms: number, attempts: number, retryAfterMs?: number) {
    super(
      limit === "attempt"
        ? `${operationId}: no response within ${ms} ms (timeout)`
        : `${operationId}: not finished within ${ms} ms (deadline)`,
    );
    this.operationId = operationId;
    this.limit = limit;
    this.ms = ms;
    this.attempts = attempts;
    this.retryAfterMs = retryAfterMs;
    brand(this, "TimeLimitError");
  }
}

/**
 * Whether an error is a {@link TimeLimitError}, created by this copy of the package or another.
 *
 * @example
 * if (isTimeLimitError(error) && error.limit === "deadline") console.log(`Gave up after ${error.attempts} attempts.`);
 */
export function isTimeLimitError(error: unknown): error is TimeLimitError {
  return isBranded(error, "TimeLimitError");
}
