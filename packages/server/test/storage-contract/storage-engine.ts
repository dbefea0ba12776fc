import type { StoreRules, TraitDefinition } from "../../src/domain/stores/store-rules.ts";
import type { Storage, WrittenStore } from "../../src/storage/storage.ts";
import type { UploadStorage } from "../../src/storage/uploads/upload-storage.ts";

/** An engine that the tests of the storage run on. */
export interface StorageEngine {
  readonly name: string;
  /** Opens an empty one. */
  open(): Promise<OpenedStorage>;
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

/** A profile keeps this many of its newest email addresses, and of its oldest phone numbers. */
const rulesWithLimit = (limit: number): StoreRules => ({
  traitGroups,
  identifierTypes: new Map([
    ["email", { normalization: "none", limit, limitPolicy: "fifo" }],
    ["phone", { normalization: "none", limit, limitPolicy: "lifo" }],
  ]),
});

export const store: WrittenStore = { id: storeId, accountSid: "AC1", rules: rulesWithLimit(2) };
export const otherStore: WrittenStore = { id: otherStoreId, accountSid: "AC2", rules: rulesWithLimit(100) };
export const storeIds = [storeId, otherStoreId];
