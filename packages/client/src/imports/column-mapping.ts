import type { ColumnMapping } from "@memory-api/types";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";
import type { AnyTraits, TraitTarget } from "../profiles/traits.ts";

/**
 * Which column of the file goes to which trait: the trait of each column as `"Group.trait"`, or the mappings of the contract. A group
 * with a dot in its name takes the latter.
 *
 * @typeParam Traits trait groups by name, each with its traits; then only what they have can be mapped to
 */
export type ImportMapping<Traits = AnyTraits> =
  | { readonly [columnName: string]: TraitTarget<Traits> }
  | readonly ColumnMapping[];

/**
 * The mappings as the contract has them.
 *
 * @throws {InvalidParameterError} if a trait is not told as `"Group.trait"`
 */
export function columnMappings(mapping: ImportMapping): ColumnMapping[] {
  if (isList(mapping)) return [...mapping];
  return Object.entries(mapping).map(([columnName, target]) => {
    const trait = traitNamed(target);
    if (trait) return { columnName, ...trait };
    throw new InvalidParameterError(
      "mapping",
      `the trait of ${JSON.stringify(columnName)} must be told as "Group.trait"`,
    );
  });
}

function isList(mapping: ImportMapping): mapping is readonly ColumnMapping[] {
  return Array.isArray(mapping);
}

/**
 * The trait that `Group.trait` names. A group with a dot in its name cannot be told so.
 *
 * @returns `undefined` if it is not of this form
 */
export function traitNamed(target: string): Omit<ColumnMapping, "columnName"> | undefined {
  const [, traitGroup, traitName] = /^([^.]+)\.(.+)$/s.exec(target) ?? [];
  return traitGroup && traitName ? { traitGroup, traitName } : undefined;
}
