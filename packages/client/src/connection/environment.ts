/** What a connection takes from the machine. */
export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds since some moment, whoever sets the clock meanwhile. */
  elapsed(): number;
  /**
   * @returns a number from 0 up to 1
   */
  random(): number;
  /** @throws the reason of the signal, once it is aborted */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What a timer can wait for, 24 days; one that is asked for more does not wait at all. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

export const machine: Environment = { now: Date.now, elapsed: () => performance.now(), random: Math.random, sleep };

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      },
      Math.min(ms, MAX_TIMER_MS),
    );
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
