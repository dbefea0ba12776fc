import { ConfigurationError, type Mistake } from "../configuration/configuration-error.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveDatabaseUrl } from "../configuration/resolve-database-url.ts";
import { parseOptions } from "./parse-options.ts";

const MAX_SHARDS = 64_000;

/**
 * Creates or updates the tables of the PostgreSQL database for this version of the server, and distributes them over a Citus cluster if that
 * is requested. Requires no setting but the database URL.
 *
 * @throws {ConfigurationError}
 * @throws {ClusterError} if the tables cannot be distributed
 */
export async function migrate(args: readonly string[]): Promise<void> {
  const options = {
    config: { type: "string" },
    distribute: { type: "string" },
    "shard-count": { type: "string" },
  } as const;
  const { values } = parseOptions("memory-server migrate", { args: [...args], options });
  const shardCount = shardCountOf(values);
  const { configuration, folder, name } = await readConfiguration(values);
  const mistakes: Mistake[] = [];
  const databaseUrl = await resolveDatabaseUrl(configuration, folder, mistakes);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, name);
  if (databaseUrl === undefined)
    throw new Error("No database URL is configured. The embedded database does not need to be migrated.");
  if (values.distribute === undefined) {
    const { isCoordinator } = await import("../storage/postgres/cluster.ts");
    const { migratePostgres } = await import("../storage/postgres/migrate.ts");
    await migratePostgres({ databaseUrl, isCluster: await isCoordinator({ databaseUrl }) });
    console.log("The tables are up to date.");
  } else {
    const { distributePostgres } = await import("../storage/postgres/distribute.ts");
    await distributePostgres({ databaseUrl }, shardCount);
    console.log("The tables are up to date and distributed.");
  }
}

/** @throws {Error} if the options are invalid */
function shardCountOf(options: { distribute?: string; "shard-count"?: string }): number | undefined {
  const { distribute, "shard-count": given } = options;
  if (distribute !== undefined && distribute !== "citus")
    throw new Error(`--distribute must be citus, not ${distribute}.`);
  if (given === undefined) return undefined;
  if (distribute === undefined) throw new Error("--shard-count needs --distribute citus.");
  const count = Number(given);
  if (!/^\d+$/.test(given) || count < 1 || count > MAX_SHARDS)
    throw new Error(`--shard-count must be an integer from 1 to ${MAX_SHARDS}, not ${given}.`);
  return count;
}
