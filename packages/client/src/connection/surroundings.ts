/** What a connection takes from the machine. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * @returns a number from 0 up to 1
   */
  random(): number;
  /** @throws the reason of the signal, once it is aborted */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const machine: Surroundings = { now: Date.now, random: Math.random, sleep };

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
