import pg from "pg";
import { StorageUnavailableError } from "../storage.ts";
import type { RetryReason } from "../storage-observer.ts";

/** A statement that the database rejected, although it can be reached. The message contains no value of a row or of the statement. */
export class StatementRejectedError extends Error {
  override readonly name = "StatementRejectedError";
  /** SQLSTATE. */
  readonly code: string;

  constructor(code: string, reason: string) {
    super(`PostgreSQL rejected a statement: ${reason} (${code})`);
    this.code = code;
  }
}

/**
 * SQLSTATE by prefix: connection (08), read only (25006), timeout (25P03, 57014), login (28), unknown database (3D), privileges (42501),
 * resources (53), shutdown (57P), system (58). Their messages contain no values.
 */
const UNAVAILABLE = /^(08|25006|25P03|28|3D|42501|53|57014|57P|58)/;

/** Names of tables and columns: these messages contain no values either. */
const ABOUT_TABLES = /^42/;

/** Conflicts with another transaction, by SQLSTATE. The last one is a lock that was not available in time. */
const CONFLICTS: Readonly<Record<string, RetryReason>> = {
  "40001": "serialization",
  "40P01": "deadlock",
  "55P03": "lock",
};

/** Converts an error of a connection. The result keeps nothing of the original, which may contain secrets or values. */
export function toStorageError(error: unknown): Error {
  if (error instanceof StorageUnavailableError) return error;
  if (error instanceof pg.DatabaseError && !UNAVAILABLE.test(error.code ?? "")) {
    const code = error.code ?? "";
    return new StatementRejectedError(code, ABOUT_TABLES.test(code) ? error.message : (error.constraint ?? "SQLSTATE"));
  }
  return new StorageUnavailableError(`PostgreSQL cannot be used: ${reasonOf(error)}`);
}

/** How a transaction conflicted with another one, if it did. It can be retried. */
export function conflictOf(error: unknown): RetryReason | undefined {
  return error instanceof StatementRejectedError ? CONFLICTS[error.code] : undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code = "code" in error ? String(error.code) : "";
  return [error.message, code && `(${code})`].filter(Boolean).join(" ");
}
