import type { StoreRules } from "../domain/stores/store-rules.ts";
import type { SnapshotReads } from "../storage/inspection.ts";
import type { TableName, TableRow } from "../storage/tables.ts";
import type { Violation, ViolationKind } from "./violation.ts";

/** Rows that are checked at a time. With a hundred identifiers of 1 KiB each, they fit into a few tens of MiB. */
export const PAGE = 250;

export interface CheckedStore {
  readonly id: string;
  /** Absent if the store is not configured. */
  readonly rules?: StoreRules;
}

/**
 * Checks rows of a table, with everything that they refer to, in one snapshot. Other writes therefore cause no false alarm.
 *
 * @param next the first row of the next page
 */
export type PageCheck<Name extends TableName> = (
  reads: SnapshotReads,
  store: CheckedStore,
  rows: readonly TableRow<Name>[],
  next: TableRow<Name> | undefined,
) => Promise<readonly Violation[]>;

/** Collects the violations of a store. */
export class Findings {
  readonly violations: Violation[] = [];
  readonly #storeId: string;

  constructor(storeId: string) {
    this.#storeId = storeId;
  }

  add(kind: ViolationKind, ids: Violation["ids"]): void {
    this.violations.push({ kind, storeId: this.#storeId, ids });
  }
}
