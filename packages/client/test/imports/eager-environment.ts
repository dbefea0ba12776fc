import { setImmediate } from "node:timers/promises";
import type { Environment } from "../../src/connection/environment.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";

/** As {@link fakeEnvironment}, but each pause lets a service in the same process go on. */
export function eagerEnvironment(random?: number): Environment & { readonly pauses: number[] } {
  const fake = fakeEnvironment(random);
  return {
    ...fake,
    async sleep(ms, signal) {
      await fake.sleep(ms, signal);
      await setImmediate();
    },
  };
}
