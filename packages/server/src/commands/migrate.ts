import { parseArgs } from "node:util";
import { ConfigurationError, type Mistake } from "../configuration/configuration-error.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveDatabaseUrl } from "../configuration/resolve-database-url.ts";

/**
 * Brings the tables of the PostgreSQL database to what this version of the server needs. Only the URL of the database has to
 * be configured for it.
 *
 * @throws {ConfigurationError}
 */
export async function migrate(given: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...given], options: { config: { type: "string" } } });
  const { configuration, folder, name } = await readConfiguration(values);
  const mistakes: Mistake[] = [];
  const databaseUrl = await resolveDatabaseUrl(configuration, folder, mistakes);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, name);
  if (databaseUrl === undefined) throw new Error("There is no databaseUrl. The embedded database needs no migration.");
  const { migratePostgres } = await import("../storage/postgres/migrate.ts");
  await migratePostgres({ databaseUrl });
  console.log("The tables are up to date.");
}
