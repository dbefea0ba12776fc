import type { Store } from "#generated/configuration.js";
import { jsonPointer } from "../domain/json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";
import { resolveRules } from "./resolve-rules.ts";
import type { StoreSettings } from "./settings.ts";

/** A limit of the vendor. */
const MAX_STORES_OF_ACCOUNT = 15;

/**
 * Returns the stores by ID.
 *
 * @param accountSids the configured accounts
 * @param mistakes the mistakes are added to this list
 */
export function resolveStores(
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
