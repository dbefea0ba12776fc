import { describe, expect, it } from "vitest";
import { faultsInTables } from "./faults-in-tables.ts";
import type { Tables } from "./tables.ts";

const map = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));
const contact = (traits: Readonly<Record<string, string>>) => new Map([["Contact", map(traits)]]);

const sound: Tables = {
  profiles: new Set(["a", "d"]),
  redirects: map({ b: "a", c: "a" }),
  identifiers: map({ "email 1": "a", "email 2": "b" }),
  traits: new Map([["a", contact({ email: "1" })]]),
};

describe("the check of the tables", () => {
  it("accepts consistent tables", () => {
    expect(faultsInTables(sound)).toEqual([]);
  });

  it.each<[fault: string, change: Partial<Tables>]>([
    ["b redirects to e, which is not live", { redirects: map({ b: "e" }) }],
    ["b redirects to c, which redirects", { redirects: map({ b: "c", c: "a" }) }],
    ["a is live and redirects to d", { redirects: map({ b: "a", a: "d" }) }],
    ["c redirects to d, which was created later", { redirects: map({ b: "a", c: "d" }) }],
    ["email 3 belongs to e, which is neither live nor merged", { identifiers: map({ "email 3": "e" }) }],
    ["traits belong to b, which is not live", { traits: new Map([["b", contact({ email: "1" })]]) }],
    ["Contact of a is empty", { traits: new Map([["a", contact({})]]) }],
  ])("finds that %s", (fault, change) => {
    expect(faultsInTables({ ...sound, ...change })).toContain(fault);
  });
});
