import { MAX_TIMER_MS } from "../connection/environment.ts";

/**
 * Runs work with its own signal, and rejects immediately when the time limit is exceeded or the outer signal is aborted, even if the work
 * ignores its signal.
 *
 * @param expired creates the error for an exceeded time limit
 */
export function withinTime<Value>(
  ms: number,
  expired: () => Error,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const end = () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", onAbort);
    };
    const giveUp = (reason: unknown) => {
      end();
      reject(reason);
      controller.abort(reason);
    };
    const onAbort = () => giveUp(outer?.reason);
    const timer = setTimeout(() => giveUp(expired()), Math.min(ms, MAX_TIMER_MS));
    outer?.addEventListener("abort", onAbort);
    const done = async () => {
      try {
        return await work(controller.signal);
      } finally {
        end();
      }
    };
    // Without wrappers, so that the stack of an error names the caller.
    done().then(resolve, reject);
  });
}
