import pg from "pg";
import { StorageUnavailableError } from "../storage.ts";

/** A statement that the database refused, though it can be reached. Its message holds no value of a row or of the statement. */
export class StatementRefusedError extends Error {
  override readonly name = "StatementRefusedError";
  /** SQLSTATE. */
  readonly code: string;

  constructor(code: string, reason: string) {
    super(`PostgreSQL refused a statement: ${reason} (${code})`);
    this.code = code;
  }
}

/**
 * SQLSTATE by its beginning: connection (08), read only (25006), time out (25P03, 57014), login (28), no such database (3D),
 * resources (53), shutdown (57P), system (58). The messages of these tell no values.
 */
const UNAVAILABLE = /^(08|25006|25P03|28|3D|53|57014|57P|58)/;

/** Rights and names: the messages of these tell no values either. */
const ABOUT_TABLES = /^42/;

/** What failed at a connection, as an error of ours. It keeps nothing of the original, which may hold what must not be told. */
export function toStorageError(error: unknown): Error {
  if (error instanceof pg.DatabaseError && !UNAVAILABLE.test(error.code ?? "")) {
    const code = error.code ?? "";
    return new StatementRefusedError(code, ABOUT_TABLES.test(code) ? error.message : (error.constraint ?? "SQLSTATE"));
  }
  return new StorageUnavailableError(`PostgreSQL cannot be used: ${reasonOf(error)}`);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code = "code" in error ? String(error.code) : "";
  return [error.message, code && `(${code})`].filter(Boolean).join(" ");
}
