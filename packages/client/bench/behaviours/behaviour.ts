import type { Caller } from "./callers/caller.ts";
import { type ClientName, callers } from "./callers/callers.ts";
import { type Script, type Service, startService } from "./service/scripted-service.ts";

/** A situation, and what each client does in it: tried, and told from what came of it. */
export interface Behaviour {
  readonly situation: string;
  /** Tries it. */
  didBy(client: ClientName): Promise<string>;
}

/**
 * A behaviour towards a service. A client that can be set up in several ways is tried in each, and each that differs from its defaults
 * is told.
 *
 * @param script how the service behaves
 * @param observe makes calls, and says what came of them for the caller and at the service
 */
export function towardsService(
  situation: string,
  script: Script,
  observe: (caller: Caller, service: Service) => Promise<string>,
): Behaviour {
  async function observed(make: (url: string) => Caller) {
    const service = await startService(script);
    try {
      const caller = make(service.url);
      return { setting: caller.setting, did: await observe(caller, service) };
    } finally {
      await service.close();
    }
  }
  return {
    situation,
    async didBy(client) {
      const tries = await Promise.all(callers[client].map(observed));
      const byDefault = tries.find(({ setting }) => setting === undefined)?.did;
      const others = tries.filter(({ did }) => did !== byDefault);
      return [byDefault, ...others.map(({ setting, did }) => `${setting} ${did}`)].join("; ");
    },
  };
}
