import type { Settings } from "../configuration/settings.ts";

/** Maximum number of accounts, and of stores, that labels name. Each one adds time series to every metric with these labels. */
const MAX_NAMED = 100;

/** The labels of an account and a store. `none` if a request has none; `other` beyond the first 100 of the configuration. */
export interface Tenant {
  readonly account: string;
  readonly store: string;
}

/** Names the first accounts and stores of a configuration, so that all processes with the same configuration name the same ones. */
export class TenantLabels {
  #stores: Settings["stores"] = new Map();
  #accounts: ReadonlySet<string> = new Set();
  #named: ReadonlySet<string> = new Set();

  constructor(settings: Pick<Settings, "credentials" | "stores">) {
    this.configure(settings);
  }

  /** Names those of another configuration. */
  configure({ credentials, stores }: Pick<Settings, "credentials" | "stores">): void {
    this.#stores = stores;
    this.#accounts = firstOf([...credentials.values(), ...stores.values()].map(({ accountSid }) => accountSid));
    this.#named = firstOf(stores.keys());
  }

  /** @param storeId empty if there is none; the same holds for `accountSid` */
  of(accountSid: string, storeId: string): Tenant {
    return { account: labelOf(accountSid, this.#accounts), store: labelOf(storeId, this.#named) };
  }

  ofStore(storeId: string): Tenant {
    return this.of(this.#stores.get(storeId)?.accountSid ?? "", storeId);
  }
}

function firstOf(names: Iterable<string>): ReadonlySet<string> {
  return new Set([...new Set(names)].slice(0, MAX_NAMED));
}

function labelOf(name: string, named: ReadonlySet<string>): string {
  if (name === "") return "none";
  return named.has(name) ? name : "other";
}
