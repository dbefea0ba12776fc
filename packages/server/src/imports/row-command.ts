import { buildUpsert, type CommandSources } from "../domain/commands/build-command.ts";
import type { UpsertCommand } from "../domain/commands/command.ts";
import type { StoreRules, TraitChange } from "../domain/stores/store-rules.ts";
import type { MappedColumn } from "./mapped-columns.ts";
import { readCell } from "./read-cell.ts";

/** The context that all rows of a file share. */
export interface RowReading extends CommandSources {
  readonly rules: StoreRules;
  readonly columns: readonly MappedColumn[];
  /** Number of columns of the header row. */
  readonly width: number;
}

/**
 * Builds the command for a row. A cell that does not fit its trait is ignored, and the row then counts as a warning.
 *
 * @returns `undefined` if the row is an error: its width differs from that of the header row, or it has no identifier
 */
export function rowCommand(
  reading: RowReading,
  cells: readonly string[],
): { readonly command: UpsertCommand; readonly isWarning: boolean } | undefined {
  const { rules, columns, width } = reading;
  if (cells.length !== width) return undefined;
  const changes: TraitChange[] = [];
  for (const { index, group, trait, definition } of columns) {
    const value = readCell(definition, cells[index] ?? "");
    if (value !== undefined) changes.push({ group, trait, value });
  }
  const command = buildUpsert(reading, rules, changes);
  return command.kind === "upsert" ? { command, isWarning: changes.length < columns.length } : undefined;
}
