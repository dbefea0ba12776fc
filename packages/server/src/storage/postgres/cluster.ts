import * as sql from "./cluster-statements.ts";
import { type PostgresConnection, PostgresDatabase, type Query } from "./database.ts";
import { STORE_TABLES } from "./migrations.ts";

/** A Citus cluster that the server cannot use as it is. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
}

/** The table whose shards determine the node of a store. Those of the other tables are beside them. */
export const FIRST_TABLE = "profiles";

/** The only table without a store. Every node has a copy of its row. */
export const COPIED_TABLE = "schema_version";

export interface TableDistribution {
  readonly name: string;
  /** `h`: by a column, `n`: a copy on every node. */
  readonly method: "h" | "n" | null;
  readonly key: string | null;
  readonly colocation: number | null;
  readonly shards: number | null;
}

/**
 * Whether the database is the coordinator of a Citus cluster.
 *
 * @throws {ClusterError} if it is a worker. Every process must use the clock of the same node (ADR 26), and a worker without the catalogue of
 *   the cluster cannot find the shards.
 * @throws {StorageUnavailableError}
 */
export async function isCoordinator(connection: PostgresConnection): Promise<boolean> {
  const database = new PostgresDatabase({ ...connection, maxConnections: 1 });
  try {
    const { rowCount } = await database.query(sql.selectExtension);
    if (rowCount === 0) return false;
    const { rows } = await database.query<{ group: number }>(sql.selectGroup);
    if (rows.some(({ group }) => group !== 0)) {
      throw new ClusterError("The database is on a worker of a Citus cluster. Connect to the coordinator.");
    }
    return true;
  } finally {
    await database.close();
  }
}

/** @throws {ClusterError} if a table is not distributed by store */
export async function checkDistribution(query: Query): Promise<void> {
  const tables = await distributionOf(query);
  const { colocation } = tables.find(({ name }) => name === FIRST_TABLE) ?? {};
  const wrong = tables.filter(({ name, ...table }) =>
    name === COPIED_TABLE ? table.method !== "n" : table.key !== "store_id" || table.colocation !== colocation,
  );
  if (wrong.length === 0) return;
  throw new ClusterError(
    `These tables are not distributed over the Citus cluster by store: ${wrong.map(({ name }) => name).join(", ")}. Run memory-server migrate --distribute citus.`,
  );
}

/** Every table, whether it exists or not. */
export async function distributionOf(query: Query): Promise<readonly TableDistribution[]> {
  return (await query<TableDistribution>(sql.selectDistribution, [[COPIED_TABLE, ...STORE_TABLES]])).rows;
}

/** The nodes that have these stores, with one store of each. */
export async function nodesOf(query: Query, storeIds: readonly string[]) {
  return (await query<{ id: number; store_id: string }>(sql.selectNodes, [storeIds])).rows;
}
