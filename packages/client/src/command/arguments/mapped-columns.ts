import type { ColumnMapping } from "@memory-api/types";
import * as bounds from "@memory-api/types/bounds";
import { traitNamed } from "../../imports/column-mapping.ts";
import { UsageError } from "./usage-error.ts";

const { minItems } = bounds.ColumnMappings;

/**
 * What `--map column=Group.trait` says. The last `=` counts: a column can have one in its name.
 *
 * @throws {UsageError} if one is of another form, or there are fewer than the contract asks for
 */
export function mappedColumns(given: readonly string[] = []): ColumnMapping[] {
  if (given.length < minItems) {
    throw new UsageError(`Map ${minItems} columns at least: --map email=Contact.email --map name=Contact.firstName`);
  }
  return given.map((each) => {
    const at = each.lastIndexOf("=");
    const target = at > 0 && traitNamed(each.slice(at + 1));
    if (target) return { columnName: each.slice(0, at), ...target };
    throw new UsageError(`--map takes column=Group.trait, not ${JSON.stringify(each)}.`);
  });
}
