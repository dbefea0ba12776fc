import type { ColumnMappings, ImportStatus, Traits } from "@memory-api/types";

/** What a store is to hold, beside what it holds already. */
export interface Seed {
  /** @default the first store */
  readonly storeId?: string;
  readonly profiles?: readonly SeedProfile[];
  readonly imports?: readonly SeedImport[];
}

/** A profile, as the API answers it. */
export interface SeedProfile {
  /** @default a new one */
  readonly id?: string;
  /**
   * In UTC, such as `2026-01-01T00:00:00Z`.
   *
   * @default the time of the sandbox
   */
  readonly createdAt?: string;
  readonly traits: Traits;
  /** IDs that redirect to this profile, each later than its own: the earliest ID survives a merge. */
  readonly mergedIds?: readonly string[];
}

/** An import, as the API answers it. Only one that is PENDING ever changes: it fails when its upload URL would have expired. */
export interface SeedImport {
  /** @default a new one */
  readonly id?: string;
  readonly filename: string;
  /** Bytes. */
  readonly fileSize: number;
  readonly columnMappings: ColumnMappings;
  readonly status: ImportStatus;
  /**
   * In UTC.
   *
   * @default the time of the sandbox
   */
  readonly createdAt?: string;
  /** @default `createdAt` */
  readonly updatedAt?: string;
  /** Rows that were errors, and rows with warnings. */
  readonly summary?: { readonly errors?: number; readonly warnings?: number };
}

/** IDs of what was seeded, in the order of the seed. */
export interface SeededIds {
  readonly profiles: readonly string[];
  readonly imports: readonly string[];
}
