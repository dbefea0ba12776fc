/** The clocks, the timer and the randomness of a connection. */
export interface Environment {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a monotonic clock, which changes of the system time do not affect. */
  elapsed(): number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** @throws the reason of the signal, once it is aborted */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest delay of a timer, 24 days. A timer with a longer delay fires immediately. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemEnvironment: Environment = {
  now: Date.now,
  elapsed: () => performance.now(),
  random: Math.random,
  sleep,
};

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
