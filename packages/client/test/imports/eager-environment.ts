import { setImmediate } from "node:timers/promises";
import type { Environment } from "../../src/connection/environment.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";

/** As {@link fakeEnvironment}, but a pause lets a server in the same process continue. */
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
