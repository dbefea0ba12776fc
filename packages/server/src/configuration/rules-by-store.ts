import type { StoreRules } from "../domain/store-rules.ts";
import type { Settings } from "./settings.ts";

/** What the storage has to know of the stores, by their IDs. */
export function rulesByStore(stores: Settings["stores"]): ReadonlyMap<string, StoreRules> {
  return new Map([...stores].map(([id, { rules }]) => [id, rules]));
}
