import { describe, expect, it } from "vitest";
import { identifiersOf } from "../../src/domain/identifiers-of.ts";
import type { StoreRules, TraitChange } from "../../src/domain/store-rules.ts";

const identifierType = { limit: 100, limitPolicy: "fifo" } as const;
const rules: StoreRules = {
  traitGroups: new Map([
    [
      "Contact",
      new Map([
        ["email", { dataType: "STRING", idTypePromotion: "email" }],
        ["billingEmail", { dataType: "STRING", idTypePromotion: "email" }],
        ["phone", { dataType: "STRING", idTypePromotion: "phone" }],
        ["firstName", { dataType: "STRING" }],
      ]),
    ],
  ]),
  identifierTypes: new Map([
    ["email", { ...identifierType, normalization: "email" }],
    ["phone", { ...identifierType, normalization: "phone" }],
  ]),
};

const change = (trait: string, value: TraitChange["value"]): TraitChange => ({ group: "Contact", trait, value });

describe("the identifiers of changes", () => {
  it("are the values of promoted traits, normalised, in the order of the changes", () => {
    const changes = [change("phone", "(415) 555-0123"), change("firstName", "Ada"), change("email", "Ada@Example.com")];
    expect(identifiersOf(rules, changes)).toEqual([
      { type: "phone", value: "+14155550123" },
      { type: "email", value: "ada@example.com" },
    ]);
  });

  it("have each value once", () => {
    const changes = [change("email", "ada@example.com"), change("billingEmail", "ADA@example.com")];
    expect(identifiersOf(rules, changes)).toEqual([{ type: "email", value: "ada@example.com" }]);
  });

  it("leave out removals, empty values, and those that cannot be read", () => {
    expect(identifiersOf(rules, [change("email", null), change("billingEmail", ""), change("phone", "none")])).toEqual(
      [],
    );
  });
});
