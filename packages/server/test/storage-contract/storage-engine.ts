import type { StoreRules, TraitDefinition } from "../../src/domain/store-rules.ts";
import type { Storage, UploadStorage } from "../../src/storage/storage.ts";

/** What the contract of the storage is held against. */
export interface StorageEngine {
  readonly name: string;
  /** Opens an empty one. */
  open(rules: ReadonlyMap<string, StoreRules>): Promise<OpenedStorage>;
}

export interface OpenedStorage {
  readonly storage: Storage;
  readonly uploads: UploadStorage;
  close(): Promise<void>;
}

export const storeId = "mem_store_00000000000000000000000000";
export const otherStoreId = "mem_store_00000000000000000000000001";

const text: TraitDefinition = { dataType: "STRING" };

const traitGroups: StoreRules["traitGroups"] = new Map([
  [
    "Contact",
    new Map<string, TraitDefinition>([
      ["firstName", text],
      ["email", { dataType: "STRING", idTypePromotion: "email" }],
      ["phone", { dataType: "STRING", idTypePromotion: "phone" }],
    ]),
  ],
  ["Orders", new Map<string, TraitDefinition>([["count", { dataType: "NUMBER" }]])],
]);

/** How many email addresses a profile holds, the newest, and how many phone numbers, the oldest. */
const rulesWithLimit = (limit: number): StoreRules => ({
  traitGroups,
  identifierTypes: new Map([
    ["email", { normalization: "none", limit, limitPolicy: "fifo" }],
    ["phone", { normalization: "none", limit, limitPolicy: "lifo" }],
  ]),
});

export const rules: ReadonlyMap<string, StoreRules> = new Map([
  [storeId, rulesWithLimit(2)],
  [otherStoreId, rulesWithLimit(100)],
]);
