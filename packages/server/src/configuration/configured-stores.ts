import type { Store, StoreDirectory } from "../domain/stores/store-directory.ts";
import type { Settings } from "./settings.ts";

/** The stores of a configuration. */
export function configuredStores(settings: Settings["stores"]): StoreDirectory {
  const stores = new Map([...settings].map(([id, store]): [string, Store] => [id, { id, ...store }]));
  return { find: async (storeId) => stores.get(storeId), list: async () => [...stores.values()] };
}
