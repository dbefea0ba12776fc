import type { OperationId } from "@memory-api/types";
import { checkedNumber } from "./checked-number.ts";

/** When and how often a call is sent again. */
export interface RetryOptions {
  /**
   * How often a call is sent at most, the first time included.
   *
   * @default 5
   */
  readonly attempts?: number | undefined;
  /**
   * The pause before the second attempt is a random part of this, in milliseconds; it doubles with each attempt (full jitter).
   *
   * @default 250
   */
  readonly baseMs?: number | undefined;
  /**
   * What a pause grows to at most, in milliseconds.
   *
   * @default 10_000
   */
  readonly capMs?: number | undefined;
  /**
   * The longest `Retry-After` that is waited for, in milliseconds. A longer one fails at once, with the value on the error.
   *
   * @default 60_000
   */
  readonly maxRetryAfterMs?: number | undefined;
}

/** Why and when a call is sent again. */
export interface RetryEvent {
  readonly operationId: OperationId;
  /** The attempt that failed, 1 for the first. */
  readonly attempt: number;
  /** The pause before the next one, in milliseconds. */
  readonly delayMs: number;
  /** How it failed: a MemoryApiError, a ConnectionError or a TimeLimitError. */
  readonly error: Error;
}

/** The options with their defaults. */
export type RetryRules = { readonly [Name in keyof RetryOptions]-?: number };

/**
 * @param given `false` for no retries at all
 * @throws {InvalidParameterError} if one of them is no number
 */
export function retryRules(given: RetryOptions | false | undefined): RetryRules {
  const { attempts = 5, baseMs = 250, capMs = 10_000, maxRetryAfterMs = 60_000 } = given || {};
  return {
    attempts: given === false ? 1 : checkedNumber("retry.attempts", attempts, 1),
    baseMs: checkedNumber("retry.baseMs", baseMs, 0),
    capMs: checkedNumber("retry.capMs", capMs, 0),
    maxRetryAfterMs: checkedNumber("retry.maxRetryAfterMs", maxRetryAfterMs, 0),
  };
}
