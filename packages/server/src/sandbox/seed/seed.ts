import type { ColumnMappings, ImportStatus, Traits } from "@memory-api/types";

/** Data to add to a store. */
export interface Seed {
  /** @default the first store */
  readonly storeId?: string;
  readonly profiles?: readonly SeedProfile[];
  readonly imports?: readonly SeedImport[];
}

/** A profile, in the format in which the API returns it. */
export interface SeedProfile {
  /** @default a new ID */
  readonly id?: string;
  /**
   * In UTC, such as `2026-01-01T00:00:00Z`.
   *
   * @default the current time of the sandbox
   */
  readonly createdAt?: string;
  readonly traits: Traits;
  /** IDs that redirect to this profile. Each must be later than the ID of the profile, because the earliest ID survives a merge. */
  readonly mergedIds?: readonly string[];
}

/**
 * An import, in the format in which the API returns it. Its status does not change, except that a PENDING import becomes FAILED
 * when its upload URL expires.
 */
export interface SeedImport {
  /** @default a new ID */
  readonly id?: string;
  readonly filename: string;
  /** Bytes. */
  readonly fileSize: number;
  readonly columnMappings: ColumnMappings;
  readonly status: ImportStatus;
  /**
   * In UTC.
   *
   * @default the current time of the sandbox
   */
  readonly createdAt?: string;
  /** @default `createdAt` */
  readonly updatedAt?: string;
  /** Numbers of rows with errors and with warnings. */
  readonly summary?: { readonly errors?: number; readonly warnings?: number };
}

/** IDs of the added profiles and imports, in the order of the seed. */
export interface SeededIds {
  readonly profiles: readonly string[];
  readonly imports: readonly string[];
}
