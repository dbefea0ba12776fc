import { isConnectionError } from "../errors/connection-error.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { isTimeLimitError } from "../errors/time-limit-error.ts";
import type { RetryRules } from "./retry-options.ts";

/** Statuses that say that it may go well next time. After a 429 nothing was done, after the others that is not known. */
const TRANSIENT_STATUSES = [429, 500, 502, 503, 504];

/** An attempt that failed. */
export interface FailedAttempt {
  readonly error: unknown;
  /** 1 for the first. */
  readonly attempt: number;
  /** Whether the operation may be done twice: `x-repeatable` of the contract. */
  readonly isRepeatable: boolean;
}

/**
 * The pause before a call is sent again: full jitter, or what the service asks for if that is longer.
 *
 * @param random from 0 up to 1
 * @returns milliseconds; `undefined` if it must not be sent again
 */
export function retryDelay(failed: FailedAttempt, rules: RetryRules, random: number): number | undefined {
  const { error, attempt } = failed;
  if (attempt >= rules.attempts || !isTransient(failed)) return undefined;
  const asked = isMemoryApiError(error) ? (error.retryAfterMs ?? 0) : 0;
  if (asked > rules.maxRetryAfterMs) return undefined;
  return Math.max(asked, random * Math.min(rules.capMs, rules.baseMs * 2 ** (attempt - 1)));
}

/** Whether another attempt may succeed, and cannot do any harm. */
export function isTransient({ error, isRepeatable }: Omit<FailedAttempt, "attempt">): boolean {
  if (isMemoryApiError(error))
    return TRANSIENT_STATUSES.includes(error.status) && (isRepeatable || error.status === 429);
  if (isConnectionError(error)) return isRepeatable || !error.mayHaveArrived;
  return isTimeLimitError(error) && error.limit === "attempt" && isRepeatable;
}

/**
 * What a `Retry-After` asks for (RFC 9110, section 10.2.3): seconds, or a date.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds from now; `undefined` for no header, or one that cannot be read
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
