import type { ColumnMappings, ImportStatus, TraitValue } from "@memory-api/types";
import type { Command, Outcome } from "../domain/command.ts";

/** All that the server keeps. Each call is atomic, and durable once it answers. A store ID leads every key. */
export interface Storage extends ProfileStorage, ImportStorage {
  /**
   * Shows that it can be written to.
   *
   * @throws {StorageUnavailableError}
   */
  probe(): Promise<void>;
  /** All that is in it, as plain data. */
  snapshot(): Promise<Snapshot>;
  /** Replaces all that is in it. */
  restore(snapshot: Snapshot): Promise<void>;
  close(): Promise<void>;
}

export interface ProfileStorage {
  /** Applies all of the commands or none. Neighbours in time may share a transaction. */
  apply(storeId: string, commands: readonly Command[]): Promise<readonly Outcome[]>;
  /** @param groups names of the trait groups to read; all of them without it */
  fetchProfile(storeId: string, profileId: string, groups?: readonly string[]): Promise<ProfileView | undefined>;
  /**
   * IDs of live profiles in the order asked for, beyond `after` if it is given.
   *
   * @param limit how many at most
   */
  listProfiles(storeId: string, order: "ASC" | "DESC", limit: number, after?: string): Promise<readonly string[]>;
}

export type ProfileView =
  | {
      readonly kind: "live";
      /** Milliseconds since 1970. */
      readonly createdAt: number;
      readonly traits: ReadonlyMap<string, ReadonlyMap<string, TraitValue>>;
    }
  | { readonly kind: "moved" /** The canonical profile. */; readonly id: string };

export interface ImportStorage {
  createImport(storeId: string, created: ImportRecord): Promise<void>;
  fetchImport(storeId: string, importId: string): Promise<ImportRecord | undefined>;
  /** The newest first. */
  listImports(storeId: string, limit: number): Promise<readonly string[]>;
  /**
   * Takes the uploaded file as that of the import, which becomes PROCESSING and due, if it is PENDING.
   *
   * @param now milliseconds since 1970
   * @returns whether it was PENDING
   */
  acceptUpload(storeId: string, importId: string, uploadId: string, now: number): Promise<boolean>;
  /**
   * Leases the import of the store that is due for longest: one with its file, or one that waited for it in vain.
   *
   * @param owner a name that no other lease has
   * @param now milliseconds since 1970
   * @param until when somebody else may lease it, in milliseconds since 1970
   */
  claimImport(storeId: string, owner: string, now: number, until: number): Promise<ClaimedImport | undefined>;
  /**
   * Applies rows of a file and says how far it came, in one transaction.
   *
   * @returns `false`, and nothing is done, if the lease is somebody else's
   */
  applyRows(lease: Lease, commands: readonly Command[], progress: ImportProgress): Promise<boolean>;
  /** Ends the import and its lease. `false` as above. */
  finishImport(lease: Lease, status: "COMPLETED" | "FAILED", progress: ImportProgress): Promise<boolean>;
  /** Lets anybody lease it at once. */
  releaseImport(lease: Lease): Promise<void>;
}

/** Times in milliseconds since 1970. */
export interface ImportRecord {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly fileSize: number;
  readonly columnMappings: ColumnMappings;
  readonly status: ImportStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the upload URL ends. */
  readonly expiresAt: number;
  readonly progress: ImportProgress;
}

/** How far an import came. All zero before it began. */
export interface ImportProgress {
  /** Bytes of the file that are done, its header row included. */
  readonly offset: number;
  /** Rows that are done, the header row not counted. */
  readonly rows: number;
  readonly errors: number;
  readonly warnings: number;
}

export interface ClaimedImport {
  readonly record: ImportRecord;
  /** The file; absent if the import expired without one. */
  readonly uploadId?: string;
}

export interface Lease {
  readonly storeId: string;
  readonly importId: string;
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Rows by table; a row is its columns in the order of the table. */
export type Snapshot = Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>;

/** Where the bytes of uploads lie until their import ends. */
export interface UploadStorage {
  /**
   * Keeps the bytes; they are durable once it answers. If the bytes fail, so does it, and nothing is kept.
   *
   * @returns an ID of this attempt to upload
   */
  save(storeId: string, importId: string, bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** @param offset bytes to leave out */
  read(storeId: string, importId: string, uploadId: string, offset: number): AsyncIterable<Uint8Array>;
  /** Removes one attempt, or all of the import. What is not there is no error. */
  remove(storeId: string, importId: string, uploadId?: string): Promise<void>;
}

/** The storage is full, closed or out of reach. Nothing of the call was done, or it is not known whether it was. */
export class StorageUnavailableError extends Error {
  override readonly name: string = "StorageUnavailableError";
}

/** The storage works, but others were always faster. Nothing of the call was done. */
export class StorageBusyError extends StorageUnavailableError {
  override readonly name = "StorageBusyError";
}
