import type pg from "pg";
import { connectPostgres, type PostgresConnection } from "./connect-postgres.ts";
import { inTransaction, runStatement } from "./in-transaction.ts";
import { MIGRATIONS } from "./migrations.ts";
import { StatementRefusedError } from "./postgres-error.ts";

/** The tables of the database are not those that this release works with. */
export class SchemaVersionError extends Error {
  override readonly name = "SchemaVersionError";
}

/** An hour: a step may have to rebuild a large table, or wait for another process that does. */
const STEP_MS = 3_600_000;

const CREATE_VERSION = "CREATE TABLE IF NOT EXISTS schema_version (id integer PRIMARY KEY, version integer NOT NULL)";
const INSERT_VERSION = "INSERT INTO schema_version (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING";
const SELECT_VERSION = "SELECT version FROM schema_version WHERE id = 1";
/** The one row that processes which start at the same time wait for. */
const LOCK_VERSION = "SELECT version FROM schema_version WHERE id = 1 FOR UPDATE";
const UPDATE_VERSION = "UPDATE schema_version SET version = $1 WHERE id = 1";

const UNDEFINED_TABLE = "42P01";
/** `IF NOT EXISTS` lets two at once try, and tells the slower one that a name or a row is taken. */
const CREATED_MEANWHILE = new Set(["23505", "42P07", "42710"]);

/**
 * Brings the tables of a database to what this release needs. Any number of processes may do so at once.
 *
 * @throws {SchemaVersionError} if a later release has been there
 * @throws {StorageUnavailableError}
 */
export async function migratePostgres(connection: PostgresConnection): Promise<void> {
  const isCurrent = await withPool(connection, async (pool) => {
    // So a role that may not change tables can start where there is nothing to change.
    if ((await readVersion(pool)) === MIGRATIONS.length) return true;
    await createVersion(pool);
    return false;
  });
  if (!isCurrent) await withPool({ ...connection, statementMs: STEP_MS }, runSteps);
}

async function withPool<Result>(connection: PostgresConnection, work: (pool: pg.Pool) => Promise<Result>) {
  const pool = connectPostgres({ ...connection, maxConnections: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function runSteps(pool: pg.Pool): Promise<void> {
  return inTransaction(pool, async (query) => {
    const { rows } = await query<{ version: number }>(LOCK_VERSION);
    const version = rows[0]?.version ?? 0;
    refuseNewer(version);
    for (const statement of MIGRATIONS.slice(version).flat()) await query(statement);
    await query(UPDATE_VERSION, [MIGRATIONS.length]);
  });
}

/** @throws {SchemaVersionError} if the tables are not those of this release */
export async function checkVersion(pool: pg.Pool): Promise<void> {
  const version = await readVersion(pool);
  refuseNewer(version);
  if (version === MIGRATIONS.length) return;
  throw new SchemaVersionError(
    `The database has schema version ${version}, this release needs ${MIGRATIONS.length}: migrate the database first.`,
  );
}

async function readVersion(pool: pg.Pool): Promise<number> {
  try {
    const { rows } = await runStatement<{ version: number }>(pool, SELECT_VERSION, []);
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (error instanceof StatementRefusedError && error.code === UNDEFINED_TABLE) return 0;
    throw error;
  }
}

function refuseNewer(version: number): void {
  if (version <= MIGRATIONS.length) return;
  throw new SchemaVersionError(
    `The database has schema version ${version}, this release knows none after ${MIGRATIONS.length}: use the release that migrated it, or a later one.`,
  );
}

async function createVersion(pool: pg.Pool): Promise<void> {
  try {
    await runStatement(pool, CREATE_VERSION, []);
  } catch (error) {
    if (!(error instanceof StatementRefusedError && CREATED_MEANWHILE.has(error.code))) throw error;
  }
  await runStatement(pool, INSERT_VERSION, []);
}
