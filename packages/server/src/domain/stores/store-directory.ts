import type { StoreRules } from "./store-rules.ts";

export interface Store {
  readonly id: string;
  /** The account that the store belongs to. */
  readonly accountSid: string;
  readonly rules: StoreRules;
}

/** Finds stores. Asynchronous, so that stores can come from a database. */
export interface StoreDirectory {
  find(storeId: string): Promise<Store | undefined>;
  list(): Promise<readonly Store[]>;
}
