import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { administer } from "../postgres/postgres-for-tests.ts";
import { deployed, folderForPrograms, runProgram } from "../support/programs.ts";
import {
  type Cluster,
  connectionString,
  createRoles,
  initializeCluster,
  runSql,
  startCluster,
} from "./postgres-cluster.ts";

export interface Pair {
  readonly primary: Cluster;
  readonly standby: Cluster;
}

/** Starts a primary and a standby that receives each write before it is acknowledged. */
export async function startPair(): Promise<Pair> {
  const folder = await folderForPrograms();
  onTestFinished(() => rm(folder, { recursive: true }));
  const [first, second] = [join(folder, "primary"), join(folder, "standby")];
  await initializeCluster(first);
  const primary = await startCluster(first);
  await createRoles(primary);
  const variables = { PRIMARY: connectionString(primary, "replication"), PGDATA: second };
  await runProgram(deployed("postgresql/add-standby.sh"), [], variables);
  const standby = await startCluster(second);
  await runSql(primary, "postgresql/require-standby.sql");
  const state = async () => (await administer(primary.url, "SELECT sync_state FROM pg_stat_replication"))[0]?.rows;
  await expect.poll(state).toEqual([{ sync_state: "sync" }]);
  return { primary, standby };
}
