import type { Connection } from "../connection/connection.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { isTimeLimitError } from "../errors/time-limit-error.ts";
import { isTransient } from "../resilience/retry-policy.ts";
import type { JobContext } from "./import-job.ts";

/** How long the service may be unavailable before a job gives up, in milliseconds: longer than a deployment takes. */
const OUTAGE_MS = 600_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Repeats a request after its own retries have failed, while the service may only be temporarily unavailable. Repeats nothing if the
 * job sets a number of attempts. The `attempts` of the client limit each request, but not the job.
 *
 * @param request must be repeatable
 * @throws the last error of the request, if 10 minutes have passed since the first one or if repeating cannot help
 */
export async function retryDuringOutage<Value>(
  { environment, options }: Connection,
  { signal, retry }: JobContext,
  request: () => Promise<Value>,
): Promise<Value> {
  const rules = retry ?? options.retry;
  const isLimited = rules === false || (retry && retry.attempts !== undefined);
  let end: number | undefined;
  for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
    try {
      return await request();
    } catch (error) {
      const isTemporary = isTimeLimitError(error) || isTransient({ error, isRepeatable: true });
      if (signal.aborted || isLimited || !isTemporary) throw error;
      // From the first failure, since an upload may take longer than that before it fails.
      end ??= environment.elapsed() + OUTAGE_MS;
      const retryAfterMs = isMemoryApiError(error) ? (error.retryAfterMs ?? 0) : 0;
      const pause = Math.max(retryAfterMs, longest * (1 - environment.random() / 2));
      const isTooLong = retryAfterMs > (rules?.maxRetryAfterMs ?? OUTAGE_MS);
      if (isTooLong || environment.elapsed() + pause > end) throw error;
      await environment.sleep(pause, signal);
    }
  }
}
