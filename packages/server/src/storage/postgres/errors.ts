import pg from "pg";
import { NodeUnavailableError, StorageUnavailableError } from "../storage.ts";
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

/** How Citus begins the message of an error if its coordinator cannot connect to a worker, in time or at all, or lost the connection. */
const NODE_UNREACHABLE = /^(connection to the remote node|could not establish any connections to the node) /;

/** The context that Citus adds to an error of a worker. */
const ON_NODE = /^while executing command on \S+:\d+$/m;

const INTERNAL_ERROR = "XX000";

/**
 * Messages of internal errors that report a lost connection to a node: of Citus for a COMMIT without a response, and of libpq. Any other
 * internal error is a fault, on whichever node.
 */
const CONNECTION_LOST_AT_COMMIT = /^could not commit transaction for shard \d+ on at least one active node$/;
const CONNECTION_LOST =
  /^(server closed the connection unexpectedly|SSL SYSCALL error|SSL connection has been closed|could not (receive data from|send data to) server|no connection to the server|connection not open)/;

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
  if (error instanceof pg.DatabaseError && isOfNode(error)) {
    return new NodeUnavailableError(`A node of the PostgreSQL cluster cannot be used: ${reasonOf(error)}`);
  }
  if (error instanceof pg.DatabaseError && !UNAVAILABLE.test(error.code ?? "")) {
    const code = error.code ?? "";
    return new StatementRejectedError(code, ABOUT_TABLES.test(code) ? error.message : (error.constraint ?? "SQLSTATE"));
  }
  return new StorageUnavailableError(`PostgreSQL cannot be used: ${reasonOf(error)}`);
}

/** Whether the error is the unavailability of a single node of a Citus cluster. The connection to the coordinator can then still be used. */
function isOfNode({ code = "", message, where = "" }: pg.DatabaseError): boolean {
  if (NODE_UNREACHABLE.test(message)) return true;
  if (code === INTERNAL_ERROR) {
    return CONNECTION_LOST_AT_COMMIT.test(message) || (CONNECTION_LOST.test(message) && ON_NODE.test(where));
  }
  return UNAVAILABLE.test(code) && ON_NODE.test(where);
}

/** Whether the connection on which the error occurred cannot be used again. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof StorageUnavailableError && !(error instanceof NodeUnavailableError);
}

/** How a transaction conflicted with another one, if it did. It can be retried. */
export function conflictOf(error: unknown): RetryReason | undefined {
  return error instanceof StatementRejectedError ? CONFLICTS[error.code] : undefined;
}

/** Whether PgBouncer had no free connection to the database for too long, because the others are in use or the database is unavailable. */
export function isPoolerTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "08P01" && error.message.includes("query_wait_timeout");
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code = "code" in error ? String(error.code) : "";
  return [error.message, code && `(${code})`].filter(Boolean).join(" ");
}
