import type { StoreId } from "@memory-api/types";
import { DEFAULT_ACCOUNT_SID } from "../../src/configuration/default-store.ts";
import type { StoreSettings } from "../../src/configuration/settings.ts";
import type { IdentifierType, StoreRules } from "../../src/domain/stores/store-rules.ts";
import { TRAITS } from "./traits.ts";

/** The limit and the limit policy of each identifier type. */
export type Limits = Readonly<Record<string, readonly [limit: number, policy: "fifo" | "lifo"]>>;

/** Keyed by store ID. */
export const LIMITS: ReadonlyMap<StoreId, Limits> = new Map([
  ["mem_store_00000000000000000000000000", { email: [2, "fifo"], phone: [2, "lifo"], account: [1, "fifo"] }],
  ["mem_store_00000000000000000000000001", { email: [1, "lifo"], phone: [1, "fifo"], account: [2, "lifo"] }],
  ["mem_store_00000000000000000000000002", { email: [3, "lifo"], phone: [3, "fifo"], account: [100, "fifo"] }],
]);

const NORMALIZATIONS = { email: "email", phone: "phone", account: "trim" } as const;

/** Stores with the same traits and different limits. */
export const modelStores: ReadonlyMap<StoreId, StoreSettings> = new Map(
  [...LIMITS].map(([storeId, limits]) => [storeId, { accountSid: DEFAULT_ACCOUNT_SID, rules: rulesWith(limits) }]),
);

function rulesWith(limits: Limits): StoreRules {
  const groups = Map.groupBy(TRAITS, ({ group }) => group);
  const traitGroups = [...groups].map(
    ([group, traits]) => [group, new Map(traits.map(({ name, definition }) => [name, definition]))] as const,
  );
  const identifierTypes = Object.entries(NORMALIZATIONS).map(([type, normalization]): [string, IdentifierType] => {
    const [limit, limitPolicy] = limits[type] ?? [100, "fifo"];
    return [type, { normalization, limit, limitPolicy }];
  });
  return { traitGroups: new Map(traitGroups), identifierTypes: new Map(identifierTypes) };
}
