import {
  ClusterError,
  COPIED_TABLE,
  checkDistribution,
  distributionOf,
  FIRST_TABLE,
  isCoordinator,
} from "./cluster.ts";
import * as sql from "./cluster-statements.ts";
import { type PostgresConnection, PostgresDatabase } from "./database.ts";
import { migratePostgres, STEP_MS } from "./migrate.ts";

export const DEFAULT_SHARD_COUNT = 32;

/**
 * Migrates the tables of a Citus cluster, and distributes those that are not distributed: every table of a store by its store, in the same
 * shards. Rows that exist are moved to the nodes. Can be run again, also by several processes at once.
 *
 * @param shardCount the number of shards; by default, what it is, or {@link DEFAULT_SHARD_COUNT}
 * @throws {ClusterError} if the database is not the coordinator of a cluster, or its tables have another number of shards
 * @throws {SchemaVersionError} if a later release has migrated the database
 * @throws {StorageUnavailableError} also if a node is unavailable
 */
export async function distributePostgres(connection: PostgresConnection, shardCount?: number): Promise<void> {
  if (!(await isCoordinator(connection)))
    throw new ClusterError("The database is not the coordinator of a Citus cluster: it does not have the extension.");
  await migratePostgres({ ...connection, isCluster: true });
  const patient = { ...connection, isCluster: true, statementMs: STEP_MS, lockMs: STEP_MS, maxConnections: 1 };
  const database = new PostgresDatabase(patient);
  try {
    const copied = await distribute(database, shardCount);
    for (const name of copied) await database.query(sql.deleteCopied, [name]);
    await checkDistribution((statement, values) => database.query(statement, values));
  } finally {
    await database.close();
  }
}

/** @returns the tables that were not distributed */
function distribute(database: PostgresDatabase, shardCount: number | undefined): Promise<string[]> {
  return database.transaction(async (query) => {
    await query(sql.lockVersion);
    const tables = await distributionOf(query);
    const shards = tables.find(({ name }) => name === FIRST_TABLE)?.shards;
    if (typeof shards === "number" && shardCount !== undefined && shardCount !== shards) {
      throw new ClusterError(
        `The tables have ${shards} shards. To change this, use the function alter_distributed_table of Citus.`,
      );
    }
    const pending = tables.filter(({ method }) => method === null).map(({ name }) => name);
    for (const name of pending) {
      if (name === COPIED_TABLE) await query(sql.copyToAllNodes, [name]);
      else if (name === FIRST_TABLE) await query(sql.distributeFirst, [name, shardCount ?? DEFAULT_SHARD_COUNT]);
      else await query(sql.distributeBeside, [name, FIRST_TABLE]);
    }
    return pending;
  });
}
