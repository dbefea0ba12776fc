import type { Store } from "#generated/configuration.js";
import { jsonPointer } from "../json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";
import { resolveRules } from "./resolve-rules.ts";
import type { StoreSettings } from "./settings.ts";

/** Limit of the vendor. */
const MAX_STORES_OF_ACCOUNT = 15;

/**
 * The stores by ID.
 *
 * @param accountSids the accounts that there are
 * @param mistakes is added to
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
    if (resolved.has(store.id)) mistakes.push({ path: `${path}/id`, reason: "is the ID of another store too" });
    const accountSid = accountOf(store, accountSids, path, mistakes);
    const count = (counts.get(accountSid) ?? 0) + 1;
    counts.set(accountSid, count);
    if (count > MAX_STORES_OF_ACCOUNT) {
      mistakes.push({ path, reason: `is more than the ${MAX_STORES_OF_ACCOUNT} stores that an account may have` });
    }
    resolved.set(store.id, { accountSid, rules: resolveRules(store, path, mistakes) });
  }
  return resolved;
}

function accountOf({ account }: Store, accountSids: readonly string[], path: string, mistakes: Mistake[]): string {
  const [first = "", ...others] = accountSids;
  if (account === undefined) {
    if (others.length > 0) mistakes.push({ path, reason: "must have the property account, since there are several" });
    return first;
  }
  if (!accountSids.includes(account)) mistakes.push({ path: `${path}/account`, reason: "is the SID of no account" });
  return account;
}
