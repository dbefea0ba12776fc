import type { ColumnMappings, ImportStatus } from "@memory-api/types";

/** An import as callers see it. Times in milliseconds since 1970. */
export interface ImportRecord {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly fileSize: number;
  readonly columnMappings: ColumnMappings;
  readonly status: ImportStatus;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When the upload URL expires. */
  readonly expiresAt: number;
  /** The file that was accepted. */
  readonly uploadId?: string;
  readonly progress: ImportProgress;
}

/** The progress of an import. All zero before it starts. */
export interface ImportProgress {
  /** Bytes of the file that are processed, including the header row. */
  readonly offset: number;
  /** Rows that are processed, without the header row. */
  readonly rows: number;
  readonly errors: number;
  readonly warnings: number;
}

/**
 * An import with its job. A job is due at a time, which is also its lease: to lease an import, a process moves this time forward
 * (`docs/adr/0010-leases-are-due-times.md`).
 */
export interface ImportState {
  readonly record: ImportRecord;
  /** Absent once the import has ended. */
  readonly job?: ImportJob;
}

export interface ImportJob {
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** The owner of the lease; absent if the import is not leased. */
  readonly owner?: string;
  /** Leases since the last progress that their owners did not release. */
  readonly attempts: number;
}

export interface Lease {
  readonly storeId: string;
  readonly importId: string;
  /** A name that no other lease has. */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When another process may lease the import, in milliseconds since 1970. */
  readonly until: number;
}

/** The result of an upload: `taken` if the import already has a file, `expired` if the URL expired before the last byte arrived. */
export type UploadOutcome = "accepted" | "taken" | "expired";

/** A new import is due when its upload URL expires. */
export function createdImport(record: ImportRecord): ImportState {
  return { record, job: { dueAt: record.expiresAt, attempts: 0 } };
}

/** Whether an import accepts an upload now. */
export function uploadOutcome({ status, expiresAt, uploadId }: ImportRecord, now: number): UploadOutcome {
  if (uploadId !== undefined) return "taken";
  return status === "PENDING" && now < expiresAt ? "accepted" : "expired";
}

/** The import becomes PROCESSING, and is due now. */
export function withUpload({ record }: ImportState, uploadId: string, now: number): ImportState {
  return {
    record: { ...record, status: "PROCESSING", uploadId, updatedAt: now },
    job: { dueAt: now, attempts: 0 },
  };
}

/** @returns `undefined` if the import is not due */
export function leased(state: ImportState, owner: string, now: number, until: number): ImportState | undefined {
  const { record, job } = state;
  if (job === undefined || job.dueAt > now) return undefined;
  return { record, job: { dueAt: until, owner, attempts: job.attempts + 1 } };
}

/** @returns `undefined` if the lease has another owner */
export function progressed(state: ImportState, lease: Lease, progress: ImportProgress): ImportState | undefined {
  const { owner, now, until } = lease;
  if (!isOwner(state, owner)) return undefined;
  return { record: { ...state.record, progress, updatedAt: now }, job: { dueAt: until, owner, attempts: 0 } };
}

/** @returns `undefined` if the lease has another owner */
export function finished(
  state: ImportState,
  { owner, now }: Lease,
  status: "COMPLETED" | "FAILED",
  progress: ImportProgress,
): ImportState | undefined {
  if (!isOwner(state, owner)) return undefined;
  return { record: { ...state.record, status, progress, updatedAt: now } };
}

/**
 * The import is due now, and the lease does not count as an attempt.
 *
 * @returns `undefined` if the lease has another owner
 */
export function released(state: ImportState, { owner, now }: Lease): ImportState | undefined {
  const { record, job } = state;
  if (job === undefined || !isOwner(state, owner)) return undefined;
  return { record, job: { dueAt: now, attempts: Math.max(0, job.attempts - 1) } };
}

/**
 * The import fails, and keeps the rows that were applied. A process that has leased it finds that it is no longer the owner, and stops.
 *
 * @returns `undefined` if the import has ended
 */
export function canceled({ record, job }: ImportState, now: number): ImportState | undefined {
  return job && { record: { ...record, status: "FAILED", updatedAt: now } };
}

/**
 * The import is due now, and its failed attempts no longer count. A process that has leased it finds that it is no longer the owner, and stops.
 *
 * @returns `undefined` unless the import is PROCESSING
 */
export function retried({ record, job }: ImportState, now: number): ImportState | undefined {
  return job && record.status === "PROCESSING" ? { record, job: { dueAt: now, attempts: 0 } } : undefined;
}

function isOwner({ job }: ImportState, owner: string): boolean {
  return job?.owner === owner;
}
