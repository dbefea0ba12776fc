import type { Environment } from "../../src/connection/environment.ts";

/** Returns an environment whose pauses take no time, and that records their lengths. */
export function fakeEnvironment(random = 0.5): Environment & { readonly pauses: number[] } {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    elapsed: () => now,
    random: () => random,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
  };
}
