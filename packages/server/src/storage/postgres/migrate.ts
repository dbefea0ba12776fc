import { type PostgresConnection, PostgresDatabase } from "./database.ts";
import { StatementRejectedError } from "./errors.ts";
import { MIGRATIONS } from "./migrations.ts";

/** The database does not have the schema version that this release needs. */
export class SchemaVersionError extends Error {
  override readonly name = "SchemaVersionError";
}

/** An hour: a step may rebuild a large table, or wait for another process that does. */
export const STEP_MS = 3_600_000;

const CREATE_VERSION = "CREATE TABLE IF NOT EXISTS schema_version (id integer PRIMARY KEY, version integer NOT NULL)";
const INSERT_VERSION = "INSERT INTO schema_version (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING";
const SELECT_VERSION = "SELECT version FROM schema_version WHERE id = 1";
/** Processes that start at the same time wait for this row. */
const LOCK_VERSION = "SELECT version FROM schema_version WHERE id = 1 FOR UPDATE";
const UPDATE_VERSION = "UPDATE schema_version SET version = $1 WHERE id = 1";

const UNDEFINED_TABLE = "42P01";
/** `IF NOT EXISTS` does not exclude concurrent processes: the slower one gets an error that a name or a row exists. */
const CREATED_MEANWHILE = new Set(["23505", "42P07", "42710"]);

/**
 * Migrates the tables of a database to the schema version of this release. Any number of processes may do so at once.
 *
 * @throws {SchemaVersionError} if a later release has migrated the database
 * @throws {StorageUnavailableError}
 */
export async function migratePostgres(connection: PostgresConnection): Promise<void> {
  const isCurrent = await withDatabase(connection, async (database) => {
    // A role that may not change tables can start if there is nothing to change.
    if ((await readVersion(database)) === MIGRATIONS.length) return true;
    await createVersion(database);
    return false;
  });
  if (!isCurrent) await withDatabase({ ...connection, statementMs: STEP_MS, lockMs: STEP_MS }, runSteps);
}

async function withDatabase<Result>(
  connection: PostgresConnection,
  work: (database: PostgresDatabase) => Promise<Result>,
) {
  const database = new PostgresDatabase({ ...connection, maxConnections: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function runSteps(database: PostgresDatabase): Promise<void> {
  return database.transaction(async (query) => {
    const { rows } = await query<{ version: number }>(LOCK_VERSION);
    const version = rows[0]?.version ?? 0;
    rejectNewer(version);
    for (const statement of MIGRATIONS.slice(version).flat()) await query(statement);
    await query(UPDATE_VERSION, [MIGRATIONS.length]);
  });
}

/** @throws {SchemaVersionError} if the database does not have the schema version of this release */
export async function checkVersion(database: PostgresDatabase): Promise<void> {
  const version = await readVersion(database);
  rejectNewer(version);
  if (version === MIGRATIONS.length) return;
  throw new SchemaVersionError(
    `The database has schema version ${version}, but this release needs ${MIGRATIONS.length}. Migrate the database first.`,
  );
}

/** @returns 0 if the database has no schema version */
export async function readVersion(database: PostgresDatabase): Promise<number> {
  try {
    const { rows } = await database.query<{ version: number }>(SELECT_VERSION);
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (error instanceof StatementRejectedError && error.code === UNDEFINED_TABLE) return 0;
    throw error;
  }
}

function rejectNewer(version: number): void {
  if (version <= MIGRATIONS.length) return;
  throw new SchemaVersionError(
    `The database has schema version ${version}, but this release supports versions up to ${MIGRATIONS.length}. Use the release that migrated it, or a later one.`,
  );
}

async function createVersion(database: PostgresDatabase): Promise<void> {
  try {
    await database.query(CREATE_VERSION);
  } catch (error) {
    if (!(error instanceof StatementRejectedError && CREATED_MEANWHILE.has(error.code))) throw error;
  }
  await database.query(INSERT_VERSION);
}
