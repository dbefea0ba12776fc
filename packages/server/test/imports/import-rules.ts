import type { ColumnMappings } from "@memory-api/types";
import type { StoreRules, TraitDefinition } from "../../src/domain/stores/store-rules.ts";

const identifierType = { limit: 100, limitPolicy: "fifo" } as const;

/** A store that identifies customers by email and phone. */
export const rules: StoreRules = {
  traitGroups: new Map([
    [
      "Contact",
      new Map<string, TraitDefinition>([
        ["email", { dataType: "STRING", idTypePromotion: "email" }],
        ["phone", { dataType: "STRING", idTypePromotion: "phone" }],
        ["firstName", { dataType: "STRING" }],
      ]),
    ],
    ["Loyalty", new Map([["points", { dataType: "NUMBER" }]])],
  ]),
  identifierTypes: new Map([
    ["email", { ...identifierType, normalization: "email" }],
    ["phone", { ...identifierType, normalization: "phone" }],
  ]),
};

export const mappings: ColumnMappings = [
  { columnName: "email", traitGroup: "Contact", traitName: "email" },
  { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
  { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  { columnName: "points", traitGroup: "Loyalty", traitName: "points" },
];

export const storeId = "mem_store_00000000000000000000000000";
