import type { ColumnMappings } from "@memory-api/types";
import type { StoreRules, TraitDefinition } from "../domain/stores/store-rules.ts";
import { UnreadableFileError } from "./unreadable-file-error.ts";

/** A column of the file, and the trait that its cells set. */
export interface MappedColumn {
  /** Position in a row, from 0. */
  readonly index: number;
  readonly group: string;
  readonly trait: string;
  readonly definition: TraitDefinition;
}

/**
 * Finds the mapped columns in the header row. Other columns are ignored.
 *
 * @throws {UnreadableFileError} if a mapped column is missing or occurs twice, or if its trait is no longer declared
 */
export function mappedColumns(
  rules: StoreRules,
  mappings: ColumnMappings,
  names: readonly string[],
): readonly MappedColumn[] {
  return mappings.map(({ columnName, traitGroup: group, traitName: trait }) => {
    const column = JSON.stringify(columnName);
    const index = names.indexOf(columnName);
    if (index < 0) throw new UnreadableFileError(`Its header row lacks the mapped column ${column}`);
    if (names.indexOf(columnName, index + 1) > 0) {
      throw new UnreadableFileError(`Its header row has the mapped column ${column} twice`);
    }
    const definition = rules.traitGroups.get(group)?.get(trait);
    if (definition === undefined) {
      throw new UnreadableFileError(`The store no longer declares ${group}.${trait}, which ${column} is mapped to`);
    }
    return { index, group, trait, definition };
  });
}
