import type { Configuration } from "@memory-api/server";
import type { Account } from "../../src/target.ts";
import { ACCOUNT, OTHER_ACCOUNT } from "./start-server.ts";

export const NUMBER_TRAIT = { traitGroup: "Contact", traitName: "visits" };

const text = { dataType: "STRING" } as const;

/** Settings of `startServer`: its stores, with a trait whose data type is NUMBER, and no limit for imports that a test could reach. */
export const withNumberTrait: Partial<Configuration> = {
  rateLimits: { import: { perSecond: 100_000, burst: 100_000 } },
  stores: [store(ACCOUNT, 1), store(OTHER_ACCOUNT, 2)],
};

function store({ storeId }: Account, account: number) {
  return {
    id: storeId,
    account: `AC${String(account).padStart(32, "0")}`,
    identifierTypes: { email: { normalization: "email" }, phone: { normalization: "phone" } },
    traitGroups: {
      Contact: {
        traits: {
          email: { ...text, idTypePromotion: "email" },
          phone: { ...text, idTypePromotion: "phone" },
          ...{ firstName: text, lastName: text, street: text, city: text, state: text, postalCode: text },
          ...{ country: text, preferredLanguage: text },
          [NUMBER_TRAIT.traitName]: { dataType: "NUMBER" },
        },
      },
    },
  } as const;
}
