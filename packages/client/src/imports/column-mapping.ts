import type { ColumnMapping } from "@memory-api/types";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";
import type { AnyTraits, TraitTarget } from "../profiles/traits.ts";

/**
 * Maps columns of the file to traits: either an object from column names to `"Group.trait"`, or the column mappings of the contract. A
 * trait group with a dot in its name requires the latter.
 *
 * @typeParam Traits trait groups by name, each with its traits; only these can be mapped to
 */
export type ImportMapping<Traits = AnyTraits> =
  | { readonly [columnName: string]: TraitTarget<Traits> }
  | readonly ColumnMapping[];

/**
 * Returns the column mappings of the contract.
 *
 * @throws {InvalidParameterError} if the mapping is missing, or a target does not have the form `"Group.trait"`
 */
export function columnMappings(mapping: ImportMapping | undefined): ColumnMapping[] {
  if (mapping === undefined)
    throw new InvalidParameterError("mapping", "is missing: map at least two columns to traits");
  if (isList(mapping)) return [...mapping];
  return Object.entries(mapping).map(([columnName, target]) => {
    const trait = traitNamed(target);
    if (trait) return { columnName, ...trait };
    throw new InvalidParameterError(
      "mapping",
      `the trait of column ${JSON.stringify(columnName)} must have the form "Group.trait"`,
    );
  });
}

/**
 * Parses `Group.trait`. The name of the group ends at the first dot.
 *
 * @returns `undefined` if the text does not have this form
 */
export function traitNamed(target: string): Omit<ColumnMapping, "columnName"> | undefined {
  const dot = target.indexOf(".");
  const traitName = target.slice(dot + 1);
  return dot > 0 && traitName !== "" ? { traitGroup: target.slice(0, dot), traitName } : undefined;
}

function isList(mapping: ImportMapping): mapping is readonly ColumnMapping[] {
  return Array.isArray(mapping);
}
