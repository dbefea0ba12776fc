import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { distributePostgres } from "../../src/storage/postgres/distribute.ts";
import { administer } from "../postgres/postgres-for-tests.ts";

const coordinatorUrl = process.env["TEST_CITUS_URL"];

/** Why tests on Citus cannot run; `undefined` if they can. */
export const reasonToSkip = coordinatorUrl
  ? undefined
  : "no Citus cluster: set TEST_CITUS_URL to the postgres:// URL of a superuser of its coordinator";

export interface CitusDatabases {
  /** @returns the URL of a new database on the coordinator and its workers, without tables */
  createEmpty(): Promise<string>;
  /** @returns the URL of a new database with distributed tables */
  create(): Promise<string>;
}

/** Few shards are created faster than the usual number. */
const SHARDS = 8;

/** Tests that interrupt a worker have this lock of the coordinator, and all others share it. */
const CLUSTER_LOCK = 7_316_402;
const LOCK_TIMEOUT_MS = 1_800_000;

/**
 * Provides the cluster that `TEST_CITUS_URL` names for the tests of the file. Without one, they are skipped.
 *
 * @param access `exclusive` if the tests interrupt a worker
 */
export function useCitus(access: "shared" | "exclusive" = "shared"): CitusDatabases {
  const drops: (() => Promise<unknown>)[] = [];
  let lock: pg.Client | undefined;
  beforeAll(async () => {
    if (reasonToSkip !== undefined) return;
    lock = new pg.Client({ connectionString: coordinatorUrl });
    await lock.connect();
    await lock.query(`SELECT pg_advisory_lock${access === "shared" ? "_shared" : ""}(${CLUSTER_LOCK})`);
  }, LOCK_TIMEOUT_MS);
  beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));
  afterAll(async () => {
    for (const drop of drops) await drop();
    await lock?.end();
  });
  const createEmpty = async () => {
    const name = `memory_api_${randomUUID().replaceAll("-", "")}`;
    const [coordinator, ...workers] = await serversOf();
    if (coordinator === undefined) throw new Error("The coordinator is not in its own catalogue.");
    for (const server of [coordinator, ...workers]) {
      await administer(urlOf(server), `CREATE DATABASE ${name}`);
      drops.push(() => administer(urlOf(server), `DROP DATABASE ${name} WITH (FORCE)`));
      await administer(urlOf(server, name), "CREATE EXTENSION citus");
    }
    await administer(
      urlOf(coordinator, name),
      `SELECT citus_set_coordinator_host('${coordinator.nodename}', ${coordinator.nodeport})`,
      ...workers.map(({ nodename, nodeport }) => `SELECT citus_add_node('${nodename}', ${nodeport})`),
    );
    return urlOf(coordinator, name);
  };
  return {
    createEmpty,
    async create() {
      const databaseUrl = await createEmpty();
      await distributePostgres({ databaseUrl }, SHARDS);
      return databaseUrl;
    },
  };
}

interface Server {
  readonly nodename: string;
  readonly nodeport: number;
}

/** A worker of a cluster, seen from one of its databases. */
export interface Worker extends Server {
  /** Its number in the catalogue. */
  readonly id: number;
  /** URL of the same database on the worker. */
  readonly url: string;
}

export async function workersOf(databaseUrl: string): Promise<Worker[]> {
  const select = "SELECT nodeid, nodename, nodeport FROM pg_dist_node WHERE groupid <> 0 ORDER BY nodeid";
  const [result] = await administer(databaseUrl, select);
  const name = new URL(databaseUrl).pathname.slice(1);
  return (result?.rows ?? []).map(({ nodeid, ...server }) => ({ id: nodeid, ...server, url: urlOf(server, name) }));
}

/** The stores among these that are on a worker. */
export async function storesOn(databaseUrl: string, worker: Worker, storeIds: Iterable<string>): Promise<string[]> {
  const list = [...storeIds].map((id) => `'${id}'`).join(", ");
  const [result] = await administer(
    databaseUrl,
    `SELECT store_id FROM unnest(ARRAY[${list}]) AS store_id
    JOIN pg_dist_placement ON shardid = get_shard_id_for_distribution_column('profiles', store_id)
    JOIN pg_dist_node USING (groupid) WHERE nodeid = ${worker.id}`,
  );
  return (result?.rows ?? []).map(({ store_id }) => store_id);
}

async function serversOf(): Promise<Server[]> {
  const select = "SELECT nodename, nodeport FROM pg_dist_node ORDER BY groupid";
  const [result] = await administer(coordinatorUrl ?? "", select);
  return result?.rows ?? [];
}

function urlOf({ nodename, nodeport }: Server, database?: string): string {
  const url = new URL(coordinatorUrl ?? "");
  url.hostname = nodename;
  url.port = String(nodeport);
  if (database !== undefined) url.pathname = database;
  return url.href;
}
