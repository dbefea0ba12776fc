import { MAX_TIMER_MS } from "../connection/environment.ts";

/**
 * Does a piece of work with a signal of its own, and gives it up at once when the time is over or the outer signal is aborted, even
 * if the work does not listen.
 *
 * @param expired the error for the end of the time
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
    outer?.addEventListener("abort", onAbort, { once: true });
    const done = async () => {
      try {
        return await work(controller.signal);
      } finally {
        end();
      }
    };
    // Handed on as they are: by that an error tells who called.
    done().then(resolve, reject);
  });
}
