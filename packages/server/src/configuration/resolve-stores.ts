import type { Configuration, Store } from "#generated/configuration.js";
import { jsonPointer } from "../domain/json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";
import { DEFAULT_ACCOUNT_SID, DEFAULT_STORE_ID } from "./default-store.ts";
import { resolveRules } from "./resolve-rules.ts";
import type { StoreSettings } from "./settings.ts";

/** A limit of the vendor. */
const MAX_STORES_OF_ACCOUNT = 15;

/**
 * Returns the stores of a configuration by ID: the default store if it has none.
 *
 * @param mistakes the mistakes are added to this list
 */
export function storesOf({ accounts, stores }: Configuration, mistakes: Mistake[]): Map<string, StoreSettings> {
  const sids = accounts ? [...new Set(accounts.map(({ sid }) => sid))] : [DEFAULT_ACCOUNT_SID];
  if (stores) return resolveStores(stores, sids, mistakes);
  if (sids.length === 1) return resolveStores([{ id: DEFAULT_STORE_ID }], sids, mistakes);
  mistakes.push({ path: "/stores", reason: "must be configured, because there are several accounts" });
  return new Map();
}

/** @param accountSids the configured accounts */
function resolveStores(
  stores: readonly Store[],
  accountSids: readonly string[],
  mistakes: Mistake[],
): Map<string, StoreSettings> {
  const resolved = new Map<string, StoreSettings>();
  const counts = new Map<string, number>();
  for (const [at, store] of stores.entries()) {
    const path = jsonPointer("stores", at);
    if (resolved.has(store.id)) mistakes.push({ path: `${path}/id`, reason: "is already the ID of another store" });
    const accountSid = accountOf(store, accountSids, path, mistakes);
    const count = (counts.get(accountSid) ?? 0) + 1;
    counts.set(accountSid, count);
    if (count > MAX_STORES_OF_ACCOUNT) {
      mistakes.push({ path, reason: `exceeds the ${MAX_STORES_OF_ACCOUNT} stores that an account can have` });
    }
    resolved.set(store.id, { accountSid, rules: resolveRules(store, path, mistakes) });
  }
  return resolved;
}

function accountOf({ account }: Store, accountSids: readonly string[], path: string, mistakes: Mistake[]): string {
  const [first = "", ...others] = accountSids;
  if (account === undefined) {
    if (others.length > 0)
      mistakes.push({ path, reason: "must have the property account, because there are several accounts" });
    return first;
  }
  if (!accountSids.includes(account))
    mistakes.push({ path: `${path}/account`, reason: "is not the SID of a configured account" });
  return account;
}
