import type { OperationId } from "@memory-api/types";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";
import { checkedNumber } from "./checked-number.ts";

/** Options of retries. */
export interface RetryOptions {
  /**
   * The maximum number of attempts, including the first one.
   *
   * @default 5
   */
  readonly attempts?: number | undefined;
  /**
   * The maximum delay before the second attempt, in milliseconds. It doubles with each attempt. The actual delay is random, between 0 and the
   * maximum (full jitter).
   *
   * @default 250
   */
  readonly baseMs?: number | undefined;
  /**
   * The upper bound of the maximum delay, in milliseconds.
   *
   * @default 10_000
   */
  readonly capMs?: number | undefined;
  /**
   * The longest `Retry-After` to wait for, in milliseconds. With a longer one, the call rejects immediately, and the error contains the value.
   *
   * @default 60_000
   */
  readonly maxRetryAfterMs?: number | undefined;
}

/** A retry that is about to be made. */
export interface RetryEvent {
  readonly operationId: OperationId;
  /** The attempt that failed, 1 for the first. */
  readonly attempt: number;
  /** The pause before the next one, in milliseconds. */
  readonly delayMs: number;
  /** The error of the failed attempt: a MemoryApiError, a ConnectionError or a TimeLimitError. */
  readonly error: Error;
}

/** The options with defaults applied. */
export type RetryRules = { readonly [Name in keyof RetryOptions]-?: number };

/**
 * @param given `false` disables retries
 * @throws {InvalidParameterError} if an option is not a number or too small
 */
export function retryRules(given: RetryOptions | false | undefined): RetryRules {
  if (given && typeof given !== "object") throw new InvalidParameterError("retry", "must be an object, or false");
  const { attempts = 5, baseMs = 250, capMs = 10_000, maxRetryAfterMs = 60_000 } = given || {};
  return {
    attempts: given === false ? 1 : checkedNumber("retry.attempts", attempts, 1),
    baseMs: checkedNumber("retry.baseMs", baseMs, 0),
    capMs: checkedNumber("retry.capMs", capMs, 0),
    maxRetryAfterMs: checkedNumber("retry.maxRetryAfterMs", maxRetryAfterMs, 0),
  };
}
