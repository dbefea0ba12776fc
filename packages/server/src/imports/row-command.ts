import type { UpsertCommand } from "../domain/command.ts";
import { identifiersOf } from "../domain/identifiers-of.ts";
import type { StoreRules, TraitChange } from "../domain/store-rules.ts";
import type { IdSource } from "../domain/type-id.ts";
import type { MappedColumn } from "./mapped-columns.ts";
import { readCell } from "./read-cell.ts";

/** What all rows of a file are read by. */
export interface RowReading {
  readonly rules: StoreRules;
  readonly columns: readonly MappedColumn[];
  /** How many columns the header row has. */
  readonly width: number;
  readonly ids: IdSource;
  /** Reserves times, as `createAcceptance` makes it. */
  readonly accept: (ticks: number) => number;
}

/**
 * What a row asks for. A cell that does not fit its trait is left out, and the row then counts as a warning.
 *
 * @returns `undefined` if the row is an error: of another width than the header row, or without an identifier
 */
export function rowCommand(
  { rules, columns, width, ids, accept }: RowReading,
  cells: readonly string[],
): { readonly command: UpsertCommand; readonly isWarning: boolean } | undefined {
  if (cells.length !== width) return undefined;
  const changes: TraitChange[] = [];
  for (const { index, group, trait, definition } of columns) {
    const value = readCell(definition, cells[index] ?? "");
    if (value !== undefined) changes.push({ group, trait, value });
  }
  const identifiers = identifiersOf(rules, changes);
  if (identifiers.length === 0) return undefined;
  const acceptedAt = accept(identifiers.length);
  const command: UpsertCommand = { kind: "upsert", newId: ids.next("mem_profile"), acceptedAt, changes, identifiers };
  return { command, isWarning: changes.length < columns.length };
}
