import type { StoreId, TraitValue } from "@memory-api/types";
import { DEFAULT_ACCOUNT_SID } from "../../src/configuration/default-store.ts";
import type { StoreSettings } from "../../src/configuration/settings.ts";
import type { StoreRules, TraitDefinition } from "../../src/domain/store-rules.ts";

/** A value that requests write, and the identifier that it becomes, as `type value`. Written by hand: no code of the server. */
export interface Sample {
  readonly value: TraitValue;
  readonly identifier?: string;
}

/** A cell of a file, and what it writes; nothing if it does not fit. */
export interface CellSample {
  readonly text: string;
  readonly value?: TraitValue | null;
}

export interface Trait {
  readonly group: string;
  readonly name: string;
  readonly definition: TraitDefinition;
  readonly samples: readonly Sample[];
  readonly cells: readonly CellSample[];
}

const EMAILS: readonly Sample[] = [
  { value: "a@x.test", identifier: "email a@x.test" },
  { value: " A@X.test", identifier: "email a@x.test" },
  { value: "b@x.test", identifier: "email b@x.test" },
  { value: "B @x.test", identifier: "email b@x.test" },
  { value: "c@x.test", identifier: "email c@x.test" },
  { value: "d@x.test", identifier: "email d@x.test" },
  { value: "" },
  { value: " " },
];

const PHONES: readonly Sample[] = [
  { value: "+12065550100", identifier: "phone +12065550100" },
  { value: "(206) 555-0100", identifier: "phone +12065550100" },
  { value: "206.555.0101", identifier: "phone +12065550101" },
  { value: "+442079460102", identifier: "phone +442079460102" },
  { value: "+12065550103", identifier: "phone +12065550103" },
  { value: "unknown" },
];

const ACCOUNTS: readonly Sample[] = [
  { value: 1, identifier: "account 1" },
  { value: 2.5, identifier: "account 2.5" },
  { value: -3, identifier: "account -3" },
];

const REMOVAL: CellSample = { text: "\\N", value: null };

const text = (samples: readonly Sample[]): CellSample[] => [
  ...samples.flatMap(({ value }) => (typeof value === "string" ? [{ text: value, value }] : [])),
  { text: "", value: "" },
  REMOVAL,
];
const names: readonly Sample[] = [{ value: "Ada" }, { value: 'Grace "G", Hopper\n' }, { value: "" }, { value: "ñ 🎉" }];

export const TRAITS: readonly [Trait, ...Trait[]] = [
  {
    ...{ group: "Contact", name: "email", definition: { dataType: "STRING", idTypePromotion: "email" } },
    ...{ samples: EMAILS, cells: text(EMAILS) },
  },
  {
    ...{ group: "Contact", name: "otherEmail", definition: { dataType: "STRING", idTypePromotion: "email" } },
    ...{ samples: EMAILS, cells: text(EMAILS) },
  },
  {
    ...{ group: "Contact", name: "phone", definition: { dataType: "STRING", idTypePromotion: "phone" } },
    ...{ samples: PHONES, cells: text(PHONES) },
  },
  {
    ...{ group: "Contact", name: "firstName", definition: { dataType: "STRING" } },
    ...{ samples: names, cells: text(names) },
  },
  {
    ...{ group: "Billing", name: "account", definition: { dataType: "NUMBER", idTypePromotion: "account" } },
    samples: ACCOUNTS,
    cells: [{ text: "1", value: 1 }, { text: "2.5", value: 2.5 }, { text: "" }, { text: "one" }, REMOVAL],
  },
  {
    ...{ group: "Billing", name: "isActive", definition: { dataType: "BOOLEAN" } },
    samples: [{ value: true }, { value: false }],
    cells: [{ text: "true", value: true }, { text: "FALSE", value: false }, { text: "yes" }, REMOVAL],
  },
  {
    ...{ group: "Billing", name: "tags", definition: { dataType: "ARRAY" } },
    samples: [{ value: [] }, { value: ["a", 1, false] }],
    cells: [{ text: '["a",1]', value: ["a", 1] }, { text: "[]", value: [] }, { text: "[[1]]" }, { text: "a" }, REMOVAL],
  },
];

/** How many values of a type a profile holds, and which goes when there are more. */
export type Limits = Readonly<Record<string, readonly [limit: number, policy: "fifo" | "lifo"]>>;

/** By store ID. */
export const LIMITS: ReadonlyMap<StoreId, Limits> = new Map([
  ["mem_store_00000000000000000000000000", { email: [2, "fifo"], phone: [2, "lifo"], account: [1, "fifo"] }],
  ["mem_store_00000000000000000000000001", { email: [1, "lifo"], phone: [1, "fifo"], account: [2, "lifo"] }],
  ["mem_store_00000000000000000000000002", { email: [3, "lifo"], phone: [3, "fifo"], account: [100, "fifo"] }],
]);

const NORMALIZATIONS = { email: "email", phone: "phone", account: "trim" } as const;

/** Stores with all of the traits, which differ in their limits. */
export const modelStores: ReadonlyMap<StoreId, StoreSettings> = new Map(
  [...LIMITS].map(([storeId, limits]) => [storeId, { accountSid: DEFAULT_ACCOUNT_SID, rules: rulesWith(limits) }]),
);

function rulesWith(limits: Limits): StoreRules {
  const groups = Map.groupBy(TRAITS, ({ group }) => group);
  return {
    traitGroups: new Map(
      [...groups].map(([group, traits]) => [group, new Map(traits.map(({ name, definition }) => [name, definition]))]),
    ),
    identifierTypes: new Map(
      Object.entries(NORMALIZATIONS).map(([type, normalization]) => {
        const [limit, limitPolicy] = limits[type] ?? [100, "fifo"];
        return [type, { normalization, limit, limitPolicy }];
      }),
    ),
  };
}
