import type { IdentifierType, StoreRules, TraitDefinition } from "../domain/stores/store-rules.ts";

/** ID of the store of a server whose configuration has no stores. */
export const DEFAULT_STORE_ID = "mem_store_00000000000000000000000000";

/** Account of a server whose configuration has no accounts. */
export const DEFAULT_ACCOUNT_SID = `AC${"0".repeat(32)}`;

const text: TraitDefinition = { dataType: "STRING" };
const limits = { limit: 100, limitPolicy: "fifo" } as const;

/** Rules of the default store. A configured store without trait groups or identifier types uses those of the default store. */
export const DEFAULT_STORE_RULES: StoreRules = {
  traitGroups: new Map([
    [
      "Contact",
      new Map<string, TraitDefinition>([
        ["firstName", text],
        ["lastName", text],
        ["email", { ...text, idTypePromotion: "email" }],
        ["phone", { ...text, idTypePromotion: "phone" }],
        ["street", text],
        ["city", text],
        ["state", text],
        ["postalCode", text],
        ["country", text],
        ["preferredLanguage", text],
      ]),
    ],
  ]),
  identifierTypes: new Map<string, IdentifierType>([
    ["email", { normalization: "email", ...limits }],
    ["phone", { normalization: "phone", ...limits }],
    ["whatsapp", { normalization: "phone", ...limits }],
    ["chat", { normalization: "trim", ...limits }],
  ]),
};
