import type { Connection } from "../connection/connection.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { isTimeLimitError } from "../errors/time-limit-error.ts";
import { isTransient } from "../resilience/retry-policy.ts";
import type { ImportWork } from "./import-job.ts";

/** How long the service may be unavailable before a job gives up, in milliseconds: longer than a deployment takes. */
const OUTAGE_MS = 600_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Repeats a part of a job after its own retries have failed, as long as the service may only be temporarily unavailable. If the retry
 * options set a number of attempts, nothing is repeated beyond it.
 *
 * @param work must be repeatable
 * @throws the last error of the work, after ten minutes or if a repetition cannot help
 */
export async function throughOutage<Value>(
  { environment, options }: Connection,
  { signal, retry = options.retry }: Pick<ImportWork, "signal" | "retry">,
  work: () => Promise<Value>,
): Promise<Value> {
  const isLimited = retry === false || retry?.attempts !== undefined;
  const end = environment.elapsed() + (isLimited ? 0 : OUTAGE_MS);
  for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      const isTemporary = isTimeLimitError(error) || isTransient({ error, isRepeatable: true });
      const asked = isMemoryApiError(error) ? (error.retryAfterMs ?? 0) : 0;
      const pause = Math.max(asked, longest * (1 - environment.random() / 2));
      if (signal.aborted || !isTemporary || environment.elapsed() + pause > end) throw error;
      await environment.sleep(pause, signal);
    }
  }
}
