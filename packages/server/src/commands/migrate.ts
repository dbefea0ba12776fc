import { ConfigurationError, type Mistake } from "../configuration/configuration-error.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveDatabaseUrl } from "../configuration/resolve-database-url.ts";
import { parseOptions } from "./parse-options.ts";

/**
 * Creates or updates the tables of the PostgreSQL database for this version of the server. Requires no setting but the database
 * URL.
 *
 * @throws {ConfigurationError}
 */
export async function migrate(args: readonly string[]): Promise<void> {
  const options = { config: { type: "string" } } as const;
  const { values } = parseOptions("memory-server migrate", { args: [...args], options });
  const { configuration, folder, name } = await readConfiguration(values);
  const mistakes: Mistake[] = [];
  const databaseUrl = await resolveDatabaseUrl(configuration, folder, mistakes);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, name);
  if (databaseUrl === undefined)
    throw new Error("No database URL is configured. The embedded database does not need to be migrated.");
  const { migratePostgres } = await import("../storage/postgres/migrate.ts");
  await migratePostgres({ databaseUrl });
  console.log("The tables are up to date.");
}
