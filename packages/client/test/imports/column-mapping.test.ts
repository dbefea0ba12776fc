import { describe, expect, it } from "vitest";
import { columnMappings, type ImportMapping } from "../../src/imports/column-mapping.ts";

interface ShopTraits {
  Contact: { email: string; firstName?: string };
  Loyalty?: { points: number };
}

describe("a mapping", () => {
  it("may name the trait of each column with its group", () => {
    expect(columnMappings({ email_address: "Contact.email", first: "Contact.first.name" })).toEqual([
      { columnName: "email_address", traitGroup: "Contact", traitName: "email" },
      { columnName: "first", traitGroup: "Contact", traitName: "first.name" },
    ]);
  });

  it("may be that of the contract, which a group with a dot needs", () => {
    const mappings = [{ columnName: "a.b", traitGroup: "Shop.Loyalty", traitName: "points" }];
    expect(columnMappings(mappings)).toEqual(mappings);
  });

  it.each(["email", ".email", "Contact.", ""])("is refused where a trait is told as %j", (target) => {
    const mapping: Record<string, string> = { email: target };
    expect(() => columnMappings(mapping as ImportMapping)).toThrow(
      expect.objectContaining({
        name: "InvalidParameterError",
        parameter: "mapping",
        message: 'mapping: the trait of "email" must be told as "Group.trait"',
      }),
    );
  });

  it("leads only to traits that there are, where their types are known", () => {
    const good: ImportMapping<ShopTraits> = { a: "Contact.email", b: "Contact.firstName", c: "Loyalty.points" };
    // @ts-expect-error: no such trait
    const wrongTrait: ImportMapping<ShopTraits> = { a: "Contact.lastName" };
    // @ts-expect-error: no such group
    const wrongGroup: ImportMapping<ShopTraits> = { a: "Shop.email" };
    // @ts-expect-error: no group at all
    const noGroup: ImportMapping = { a: "email" };
    expect([good, wrongTrait, wrongGroup, noGroup]).toHaveLength(4);
  });
});
