import type { ImportState } from "../domain/imports/import-state.ts";
import type { ProfileRows } from "../domain/profiles/profile-rows.ts";
import type { SnapshotRow, StorageNode } from "./storage.ts";
import type { TableName } from "./tables.ts";

/** What a database engine offers: transactions over rows. It makes no decisions. */
export interface Rows extends RowReads {
  /**
   * Runs the work in a transaction, and retries it in a new one after a conflict. The work must have no effect except through the
   * transaction.
   *
   * @param isolation `snapshot` if everything that the transaction reads must be of one instant
   * @throws {StorageUnavailableError}
   */
  transaction<Result>(work: (transaction: RowTransaction) => Promise<Result>, isolation?: "snapshot"): Promise<Result>;
  /** Checks that every table can be written, as `probe` of the storage. */
  probe(storeIds: readonly string[]): Promise<readonly StorageNode[]>;
  close(): Promise<void>;
}

/** Reads outside of a transaction, of what was committed. */
export interface RowReads {
  /** @param groups names of trait groups; all of them by default */
  readProfile(storeId: string, profileId: string, groups?: readonly string[]): Promise<ProfileRow | undefined>;
  /** The canonical profile of an ID that was merged. */
  readCanonicalId(storeId: string, profileId: string): Promise<string | undefined>;
  listProfileIds(storeId: string, order: "ASC" | "DESC", limit: number, after?: string): Promise<readonly string[]>;
  readImport(storeId: string, importId: string): Promise<ImportState | undefined>;
  /** The newest first. */
  listImportIds(storeId: string, limit: number): Promise<readonly string[]>;
  /** The earliest time, up to now, at which an import of the store became due. */
  readOldestDueAt(storeId: string, now: number): Promise<number | undefined>;
}

/** A locked row does not change until the transaction ends. */
export interface RowTransaction {
  profiles(storeId: string): ProfileRows;
  insertImport(storeId: string, state: ImportState): Promise<void>;
  lockImport(storeId: string, importId: string): Promise<ImportState | undefined>;
  /** Locks the import that has been due for the longest time, leaving out those that another transaction has locked. */
  lockDueImport(storeId: string, now: number): Promise<ImportState | undefined>;
  updateImport(storeId: string, state: ImportState): Promise<void>;
  /** Deletes the uploads of an import that are stored as rows. */
  deleteUploads(storeId: string, importId: string): Promise<void>;
  /** Everything that these stores have in the table. */
  readTable(table: TableName, storeIds: readonly string[]): Promise<readonly SnapshotRow[]>;
  replaceTable(table: TableName, storeIds: readonly string[], rows: readonly SnapshotRow[]): Promise<void>;
}

export interface ProfileRow {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** As `encodeTraitGroup` returns it. */
  readonly groups: readonly { readonly name: string; readonly traits: string }[];
}
