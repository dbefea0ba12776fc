import { describe, expect, it } from "vitest";
import { columnMappings, type ImportMapping } from "../../src/imports/column-mapping.ts";

interface ShopTraits {
  Contact: { email: string; firstName?: string };
  Loyalty?: { points: number };
}

describe("a mapping", () => {
  it("may map columns to traits with their groups", () => {
    expect(columnMappings({ email_address: "Contact.email", first: "Contact.first.name" })).toEqual([
      { columnName: "email_address", traitGroup: "Contact", traitName: "email" },
      { columnName: "first", traitGroup: "Contact", traitName: "first.name" },
    ]);
  });

  it("may be a list of column mappings, which a group with a dot requires", () => {
    const mappings = [{ columnName: "a.b", traitGroup: "Shop.Loyalty", traitName: "points" }];
    expect(columnMappings(mappings)).toEqual(mappings);
  });

  it.each(["email", ".email", ".Contact.email", "Contact.", ""])("is rejected if a trait is %j", (target) => {
    const mapping: Record<string, string> = { email: target };
    expect(() => columnMappings(mapping as ImportMapping)).toThrow(
      expect.objectContaining({
        name: "InvalidParameterError",
        parameter: "mapping",
        message: 'mapping: the trait of column "email" must have the form "Group.trait"',
      }),
    );
  });

  it("accepts only known traits, if the traits are typed", () => {
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
