import type { TraitValue } from "@memory-api/types";
import type { Command, Outcome } from "../domain/commands/command.ts";
import type { ImportProgress, ImportRecord, Lease, UploadOutcome } from "../domain/imports/import-state.ts";
import type { IdentifierTypes } from "../domain/stores/store-rules.ts";

/** Everything that the server stores. Each call is atomic, and durable once it resolves. A store ID leads every key. */
export interface Storage extends StorageReads, ImportWrites, StorageMaintenance {
  /**
   * Applies all of the commands or none. Calls that arrive meanwhile may share the transaction.
   *
   * @throws {StorageBusyError} if too many writes are waiting
   * @throws {AbandonedCallError} if the caller was gone before the transaction started
   */
  apply(store: WrittenStore, commands: readonly Command[], options?: ApplyOptions): Promise<readonly Outcome[]>;
  /** Reserves space in the backlog for the body of a write, from before it is read until the write is done. */
  reserve(accountSid: string): Reservation;
  backlog(): BacklogReport;
}

export interface Reservation {
  /** @throws {StorageBusyError} if too many writes are waiting */
  add(bytes: number): void;
  /** Releases the space. */
  release(): void;
}

/** Accepted writes that are not applied. */
export interface BacklogReport {
  readonly commands: number;
  /** Bytes of request bodies, including those that are still being read. */
  readonly bytes: number;
  /** How long the oldest of them has been waiting, in milliseconds. */
  readonly oldestMs: number;
}

/** The part of a store that a write depends on. */
export interface WrittenStore {
  readonly id: string;
  /** Accounts take turns, so that none can delay the writes of another for long. */
  readonly accountSid: string;
  readonly rules: { readonly identifierTypes: IdentifierTypes };
}

export interface ApplyOptions {
  /** Whether the caller no longer waits for the outcome. A call that has not started is then dropped. */
  readonly isAbandoned?: () => boolean;
}

/** The commands of one store in a transaction. */
export interface StoreBatch {
  readonly storeId: string;
  readonly identifierTypes: IdentifierTypes;
  readonly commands: readonly Command[];
}

export interface StorageReads {
  /** @param groups names of the trait groups to read; all of them by default */
  fetchProfile(storeId: string, profileId: string, groups?: readonly string[]): Promise<ProfileView | undefined>;
  /**
   * IDs of live profiles in the given order, beyond `after` if it is given.
   *
   * @param limit the maximum number of IDs
   */
  listProfiles(storeId: string, order: "ASC" | "DESC", limit: number, after?: string): Promise<readonly string[]>;
  fetchImport(storeId: string, importId: string): Promise<ImportRecord | undefined>;
  /** The newest first. */
  listImports(storeId: string, limit: number): Promise<readonly string[]>;
  /** Since when the import has been due that no process has leased for the longest time, in milliseconds since 1970. */
  oldestDueImport(storeId: string, now: number): Promise<number | undefined>;
}

export type ProfileView =
  | {
      readonly kind: "live";
      /** Milliseconds since 1970. */
      readonly createdAt: number;
      /** By group and trait. The objects inherit nothing. */
      readonly traits: Readonly<Record<string, Readonly<Record<string, TraitValue>>>>;
    }
  | { readonly kind: "moved" /** The canonical profile. */; readonly id: string };

/** The writes of a storage, each a transaction. */
export interface StorageWrites extends ImportWrites, StorageMaintenance {
  /** Applies all of the commands of all stores, or none. The outcomes are in the order of the batches. */
  commit(batches: readonly StoreBatch[]): Promise<readonly (readonly Outcome[])[]>;
}

interface StorageMaintenance {
  /**
   * Checks that the storage can be written, by a write to everything that other calls write to.
   *
   * @param storeIds on a cluster, the nodes of these stores are checked
   * @returns the nodes of a cluster, of which at least one is available; nothing if a single database has all stores
   * @throws {StorageUnavailableError} if no store can be written now
   */
  probe(storeIds?: readonly string[]): Promise<readonly StorageNode[]>;
  /** Everything in these stores, as plain data. */
  snapshot(storeIds: readonly string[]): Promise<Snapshot>;
  /**
   * Replaces everything in these stores.
   *
   * @throws {InvalidSnapshotError} and changes nothing
   */
  restore(storeIds: readonly string[], snapshot: Snapshot): Promise<void>;
  close(): Promise<void>;
}

/** A node of a cluster that has stores. */
export interface StorageNode {
  /** Its number in the catalogue of the cluster. */
  readonly id: number;
  readonly isAvailable: boolean;
}

/** Times in milliseconds since 1970. */
export interface ImportWrites {
  createImport(storeId: string, created: ImportRecord): Promise<void>;
  /** Makes an uploaded file the file of the import, which becomes PROCESSING and due. */
  acceptUpload(storeId: string, importId: string, uploadId: string, now: number): Promise<UploadOutcome>;
  /**
   * Leases the import of the store that has been due for the longest time: one with its file, or one whose upload URL expired.
   *
   * @param owner a name that no other lease has
   * @param until when another process may lease it
   */
  claimImport(storeId: string, owner: string, now: number, until: number): Promise<ClaimedImport | undefined>;
  /**
   * Applies rows of a file to the store of the lease, and saves the progress, in one transaction.
   *
   * @returns `false`, and changes nothing, if the lease is another's
   */
  applyRows(lease: Lease, rows: Omit<StoreBatch, "storeId">, progress: ImportProgress): Promise<boolean>;
  /** Ends the import and its lease. `false` as above. */
  finishImport(lease: Lease, status: "COMPLETED" | "FAILED", progress: ImportProgress): Promise<boolean>;
  /** Makes the import due at once. */
  releaseImport(lease: Lease): Promise<void>;
}

export interface ClaimedImport {
  readonly record: ImportRecord;
  /** Leases since the last progress, including this one. */
  readonly attempts: number;
}

/** Rows by table; a row is its columns in the order of the table. */
export type Snapshot = Readonly<Record<string, readonly SnapshotRow[]>>;
export type SnapshotRow = readonly (string | number | null)[];

/** The storage is full, closed or unreachable. The call had no effect, or its outcome is unknown. */
export class StorageUnavailableError extends Error {
  override readonly name: string = "StorageUnavailableError";
}

/**
 * The node of a cluster that has the store is unavailable. Stores on other nodes can be used. The call had no effect, or its outcome is
 * unknown.
 */
export class NodeUnavailableError extends StorageUnavailableError {
  override readonly name = "NodeUnavailableError";
}

/** The storage works, but is overloaded. The call had no effect. */
export class StorageBusyError extends StorageUnavailableError {
  override readonly name: string = "StorageBusyError";
}

/** The transaction lost to others for too long. The same work in smaller transactions may succeed. */
export class StorageConflictError extends StorageBusyError {
  override readonly name = "StorageConflictError";
}

/** The caller was gone before its call started. The call had no effect. */
export class AbandonedCallError extends Error {
  override readonly name = "AbandonedCallError";
}

/** A snapshot that the storage cannot restore. The message names the table and the row. */
export class InvalidSnapshotError extends Error {
  override readonly name = "InvalidSnapshotError";
}
