import type { ImportStatus } from "@memory-api/types";
import type { ImportState } from "../domain/imports/import-state.ts";
import type { TableName, TableRow } from "./tables.ts";

/**
 * What the commands of an operator read, in every store that has rows, whether or not it is configured. It changes nothing, and servers can
 * write at the same time.
 *
 * @throws {StorageUnavailableError} from every method
 */
export interface Inspection {
  /** IDs of the stores that have rows, in their order. Takes one look-up in an index for each store and table. */
  storeIds(): Promise<readonly string[]>;
  /** Counts the rows of a store, but no more than `limit`, so that the cost is bounded. */
  count(table: TableName, storeId: string, limit: number): Promise<number>;
  /** The newest first. */
  listImports(storeId: string, selection: ImportSelection): Promise<readonly ImportState[]>;
  readImport(storeId: string, importId: string): Promise<ImportState | undefined>;
  /** The files that are stored. A file on disk does not show which store it belongs to. */
  uploads(): AsyncIterable<StoredUpload>;
  /** @returns bytes, or `undefined` if there is no such upload */
  uploadSize(storeId: string, importId: string, uploadId: string): Promise<number | undefined>;
  /** Runs reads that all see the database at one instant. After a conflict, the work runs again. */
  snapshot<Result>(work: (reads: SnapshotReads) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface ImportSelection {
  readonly status?: ImportStatus;
  /** Only imports with smaller IDs. */
  readonly before?: string;
  readonly limit: number;
}

export interface StoredUpload {
  readonly storeId?: string;
  readonly importId: string;
  readonly uploadId: string;
}

export interface SnapshotReads {
  /** Rows in the order of their primary key, after the row with this key, or from the first. */
  readPage<Name extends TableName>(
    table: Name,
    storeId: string,
    limit: number,
    after?: readonly string[],
  ): Promise<readonly TableRow<Name>[]>;
  /** The rows of a store with one of these values in an indexed column. */
  readWhere<Name extends TableName>(
    table: Name,
    column: IndexedColumn<Name>,
    storeId: string,
    values: readonly string[],
  ): Promise<readonly TableRow<Name>[]>;
}

/** A column that an index has directly after the store. */
export type IndexedColumn<Name extends TableName> = Name extends "identifiers" | "trait_groups" ? "profile_id" : "id";
