import { type OperationId, operations } from "@memory-api/types";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { TimeLimitError } from "../errors/time-limit-error.ts";
import { notify } from "../observability/logger.ts";
import { checkedNumber } from "./checked-number.ts";
import { type RetryRules, retryRules } from "./retry-options.ts";
import { retryDelay } from "./retry-policy.ts";
import { withinTime } from "./within-time.ts";

const TIMEOUT_MS = 30_000;
const DEADLINE_MS = 120_000;

/** Returns the time limits of a call in milliseconds. Options of the call precede those of the client. */
export function timeLimits({ options: defaults }: Connection, options: CallOptions) {
  return {
    timeout: checkedNumber("timeout", options.timeout ?? defaults.timeout ?? TIMEOUT_MS, 0),
    deadline: checkedNumber("deadline", options.deadline ?? defaults.deadline ?? DEADLINE_MS, 0),
  };
}

/**
 * Repeats a call until it succeeds, or until a retry is not allowed, cannot help or would be too late. Then it throws the last error.
 *
 * @param work makes one attempt, 1 for the first, and throws if it fails
 * @throws {InvalidParameterError} if an option is not a number or too small
 */
export async function withRetries<Value>(
  connection: Connection,
  id: OperationId,
  options: CallOptions,
  work: (attempt: number, signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const { environment, budget, pause, options: defaults } = connection;
  const { signal } = options;
  const rules = retryRules(options.retry ?? defaults.retry);
  const { timeout, deadline } = timeLimits(connection, options);
  const end = environment.elapsed() + deadline;
  let last: unknown;

  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const tooLate = (ms?: number) => last ?? new TimeLimitError(id, "deadline", deadline, attempt - 1, ms);
    for (let ms = pause.left(); ms > 0; ms = pause.left()) {
      if (environment.elapsed() + ms >= end) throw tooLate(ms);
      await environment.sleep(ms, signal);
    }
    const left = end - environment.elapsed();
    if (left <= 0) throw tooLate();
    const limit = left < timeout ? "deadline" : "attempt";
    let late: TimeLimitError | undefined;
    const expired = () => {
      late = new TimeLimitError(id, limit, limit === "deadline" ? deadline : timeout, attempt);
      return late;
    };
    try {
      const value = await withinTime(Math.min(left, timeout), expired, signal, (own) => work(attempt, own));
      budget.earn();
      return value;
    } catch (error) {
      if (signal?.aborted || !(error instanceof Error)) throw error;
      // The stack of a timer does not name the caller.
      if (error === late) Error.captureStackTrace?.(error);
      last = error;
      const isRepeatable = operations[id].repeatable;
      const delayMs = retryDelay({ error, attempt, isRepeatable }, rules, environment.random());
      const isRateLimited = isMemoryApiError(error) && error.status === 429;
      if (isRateLimited) pause.hold(delayMs ?? acceptedPause(error.retryAfterMs, rules));
      if (delayMs === undefined || environment.elapsed() + delayMs >= end) throw error;
      if (!isRateLimited && !budget.take()) throw error;
      notify(() => {
        defaults.onRetry?.({ operationId: id, attempt, delayMs, error });
        defaults.logger?.info?.("Memory API: retrying", { operationId: id, attempt, delayMs });
      });
      if (!isRateLimited) await environment.sleep(delayMs, signal);
    }
  }
}

/** A pause longer than the longest one to wait for does not delay other calls. */
function acceptedPause(requestedMs = 0, { maxRetryAfterMs }: RetryRules): number {
  return requestedMs > maxRetryAfterMs ? 0 : requestedMs;
}
