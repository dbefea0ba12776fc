import type { Caller } from "./callers/caller.ts";
import { type ClientName, callers } from "./callers/callers.ts";
import { type Script, type Service, startService } from "./scripted-service.ts";

/** A situation in which clients are compared. */
export interface Behavior {
  readonly situation: string;
  /** Returns what a client does in this situation, in words. */
  observe(client: ClientName): Promise<string>;
}

/**
 * Returns the behavior of clients towards a service. A client with several settings is observed with each of them. The result contains its
 * defaults, and each setting that makes a difference.
 *
 * @param script how the service responds
 * @param observe makes calls, and returns their outcomes for the caller and the service
 */
export function behaviorWith(
  script: Script,
  situation: string,
  observe: (caller: Caller, service: Service) => Promise<string>,
): Behavior {
  async function observeCaller(create: (url: string) => Caller) {
    const service = await startService(script);
    try {
      const caller = create(service.url);
      return { setting: caller.setting, observed: await observe(caller, service) };
    } finally {
      await service.close();
    }
  }
  return {
    situation,
    async observe(client) {
      const results = await Promise.all(callers[client].map(observeCaller));
      const byDefault = results.find(({ setting }) => setting === undefined)?.observed;
      const others = results.filter(({ observed }) => observed !== byDefault);
      return [byDefault, ...others.map(({ setting, observed }) => `${setting} ${observed}`)].join("; ");
    },
  };
}

/** Returns a number of requests in words. */
export function requestCount(count: number): string {
  return count === 1 ? "1 request" : `${count} requests`;
}
