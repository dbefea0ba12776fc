import { isConnectionError } from "../errors/connection-error.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { isTimeLimitError } from "../errors/time-limit-error.ts";
import type { RetryRules } from "./retry-options.ts";

/** Statuses after which a retry may succeed. A 429 means that nothing was done; the outcome of the others is unknown. */
const TRANSIENT_STATUSES = [429, 500, 502, 503, 504];

/** A failed attempt. */
export interface FailedAttempt {
  readonly error: unknown;
  /** 1 for the first. */
  readonly attempt: number;
  /** Whether the operation may be repeated: `x-repeatable` of the contract. */
  readonly isRepeatable: boolean;
}

/**
 * Returns the pause before a retry: full jitter, or the pause that the service requests if it is longer.
 *
 * @param random from 0 (inclusive) to 1 (exclusive)
 * @returns milliseconds; `undefined` if the call must not be retried
 */
export function retryDelay(failed: FailedAttempt, rules: RetryRules, random: number): number | undefined {
  const { error, attempt } = failed;
  if (attempt >= rules.attempts || !isTransient(failed)) return undefined;
  const requested = isMemoryApiError(error) ? (error.retryAfterMs ?? 0) : 0;
  if (requested > rules.maxRetryAfterMs) return undefined;
  return Math.max(requested, random * Math.min(rules.capMs, rules.baseMs * 2 ** (attempt - 1)));
}

/** Whether a retry may succeed and is harmless. */
export function isTransient({ error, isRepeatable }: Omit<FailedAttempt, "attempt">): boolean {
  if (isMemoryApiError(error))
    return TRANSIENT_STATUSES.includes(error.status) && (isRepeatable || error.status === 429);
  if (isConnectionError(error)) return isRepeatable || !error.mayHaveArrived;
  return isTimeLimitError(error) && error.limit === "attempt" && isRepeatable;
}
