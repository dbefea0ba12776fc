import { setImmediate } from "node:timers/promises";
import type { Surroundings } from "../../src/connection/surroundings.ts";
import { fakeSurroundings } from "../resilience/fake-surroundings.ts";

/** As {@link fakeSurroundings}, but each pause lets a service in the same process go on. */
export function eagerSurroundings(random?: number): Surroundings & { readonly pauses: number[] } {
  const fake = fakeSurroundings(random);
  return {
    ...fake,
    async sleep(ms, signal) {
      await fake.sleep(ms, signal);
      await setImmediate();
    },
  };
}
