import type { OperationId } from "@memory-api/types";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/** Which limit: that of one attempt, or that of a call with all its attempts and pauses. */
export type TimeLimit = "attempt" | "deadline";

/**
 * No whole answer came in time. Whether the service did what was asked is not known, unless nothing was sent: `attempts` is 0 then.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId, { deadline: 5_000 });
 * } catch (error) {
 *   if (isTimeLimitError(error)) console.log(`No answer within ${error.ms} ms.`);
 *   else throw error;
 * }
 */
export class TimeLimitError extends MemoryError {
  /** The operation that was called. */
  readonly operationId: OperationId;

  /** The limit that was reached. */
  readonly limit: TimeLimit;

  /** The limit, in milliseconds. */
  readonly ms: number;

  /** How often it was sent. */
  readonly attempts: number;

  /** How long the pause after a 429 lasts, in milliseconds, where that is why nothing was sent. */
  readonly retryAfterMs: number | undefined;

  constructor(operationId: OperationId, limit: TimeLimit, ms: number, attempts: number, retryAfterMs?: number) {
    super(
      limit === "attempt"
        ? `${operationId}: no answer within ${ms} ms (timeout)`
        : `${operationId}: not done within ${ms} ms (deadline)`,
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
 * Whether an error is a {@link TimeLimitError}, of this copy of the package or another.
 *
 * @example
 * if (isTimeLimitError(error) && error.limit === "deadline") console.log(`Given up after ${error.attempts} attempts.`);
 */
export function isTimeLimitError(error: unknown): error is TimeLimitError {
  return isBranded(error, "TimeLimitError");
}
