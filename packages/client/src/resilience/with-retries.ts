import { type OperationId, operations } from "@memory-api/types";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { TimeLimitError } from "../errors/time-limit-error.ts";
import { notify } from "../observability/logger.ts";
import { type RetryRules, retryRules } from "./retry-options.ts";
import { retryDelay } from "./retry-policy.ts";
import { timeLimits } from "./time-limits.ts";
import { withinTime } from "./within-time.ts";

/**
 * Repeats a call until it succeeds, or until a retry is not allowed, cannot help or would be too late. Then it throws the last error.
 *
 * @param runAttempt makes one attempt, 1 for the first, and throws if it fails
 * @throws {InvalidParameterError} if an option is not a number or too small
 */
export async function withRetries<Value>(
  connection: Connection,
  operationId: OperationId,
  options: CallOptions,
  runAttempt: (attempt: number, signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const { environment, budget, pause, options: defaults } = connection;
  const { signal } = options;
  const rules = retryRules(options.retry ?? defaults.retry);
  const { timeout, deadline } = timeLimits(defaults, options);
  const deadlineAt = environment.elapsed() + deadline;
  let lastError: unknown;

  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const deadlineError = (pauseMs?: number) =>
      lastError ?? new TimeLimitError(operationId, "deadline", deadline, attempt - 1, pauseMs);
    for (let pauseMs = pause.left(); pauseMs > 0; pauseMs = pause.left()) {
      if (environment.elapsed() + pauseMs >= deadlineAt) throw deadlineError(pauseMs);
      await environment.sleep(pauseMs, signal);
    }
    const remaining = deadlineAt - environment.elapsed();
    if (remaining <= 0) throw deadlineError();
    const limit = remaining < timeout ? "deadline" : "attempt";
    let timeoutError: TimeLimitError | undefined;
    const createTimeoutError = () => {
      timeoutError = new TimeLimitError(operationId, limit, limit === "deadline" ? deadline : timeout, attempt);
      return timeoutError;
    };
    try {
      const value = await withinTime(Math.min(remaining, timeout), createTimeoutError, signal, (attemptSignal) =>
        runAttempt(attempt, attemptSignal),
      );
      budget.earn();
      return value;
    } catch (error) {
      if (signal?.aborted || !(error instanceof Error)) throw error;
      // The stack of a timer does not name the caller.
      if (error === timeoutError) Error.captureStackTrace?.(error);
      lastError = error;
      const isRepeatable = operations[operationId].repeatable;
      const delayMs = retryDelay({ error, attempt, isRepeatable }, rules, environment.random());
      const isRateLimited = isMemoryApiError(error) && error.status === 429;
      if (isRateLimited) pause.hold(delayMs ?? acceptedPause(error.retryAfterMs, rules));
      if (delayMs === undefined || environment.elapsed() + delayMs >= deadlineAt) throw error;
      if (!isRateLimited && !budget.take()) throw error;
      notify(() => {
        defaults.onRetry?.({ operationId, attempt, delayMs, error });
        defaults.logger?.info?.("Memory API: retrying", { operationId, attempt, delayMs });
      });
      if (!isRateLimited) await environment.sleep(delayMs, signal);
    }
  }
}

/** Returns the requested pause, or 0 if it is longer than allowed, so that it does not delay other calls. */
function acceptedPause(requestedMs = 0, { maxRetryAfterMs }: RetryRules): number {
  return requestedMs > maxRetryAfterMs ? 0 : requestedMs;
}
