import type pg from "pg";
import { StorageUnavailableError } from "../storage.ts";
import { toStorageError } from "./postgres-error.ts";
import { retryConflicts } from "./retry-conflicts.ts";
import { begin, commit, rollback } from "./storage-statements.ts";

/**
 * Runs one statement. Its values are planned with it: it has no name, so that no plan is kept.
 *
 * @throws {StorageUnavailableError | StatementRefusedError}
 */
export type Query = <Row extends pg.QueryResultRow>(
  statement: string,
  values?: unknown[],
) => Promise<{ readonly rows: readonly Row[]; readonly rowCount: number | null }>;

/** Runs a statement as a transaction of its own. */
export function runStatement<Row extends pg.QueryResultRow>(pool: pg.Pool, statement: string, values: unknown[]) {
  return retryConflicts(() => queryOf(pool)<Row>(statement, values));
}

/**
 * Runs the work in a transaction, and again in a new one if that lost against another. So the work must have no effect but
 * through its statements.
 *
 * @param beginning the statement that begins it
 */
export function inTransaction<Result>(
  pool: pg.Pool,
  work: (query: Query) => Promise<Result>,
  beginning: string = begin,
): Promise<Result> {
  return retryConflicts(() => runOnce(pool, work, beginning));
}

async function runOnce<Result>(pool: pg.Pool, work: (query: Query) => Promise<Result>, beginning: string) {
  const client = await connect(pool);
  const query = queryOf(client);
  let isUsable = false;
  try {
    await query(beginning);
    const result = await work(query);
    await query(commit);
    isUsable = true;
    return result;
  } catch (error) {
    isUsable = !(error instanceof StorageUnavailableError) && (await isRolledBack(query));
    throw error;
  } finally {
    client.release(!isUsable);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw toStorageError(error);
  }
}

function isRolledBack(query: Query): Promise<boolean> {
  return query(rollback).then(
    () => true,
    () => false,
  );
}

function queryOf(connection: pg.Pool | pg.PoolClient): Query {
  return async (statement, values) => {
    try {
      return await connection.query(statement, values);
    } catch (error) {
      throw toStorageError(error);
    }
  };
}
