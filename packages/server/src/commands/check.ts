import { temporarySecrets } from "../configuration/generated-secrets.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveSettings } from "../configuration/resolve-settings.ts";
import type { Settings } from "../configuration/settings.ts";
import { parseOptions } from "./parse-options.ts";

/**
 * Checks whether a server could start with this configuration, and changes nothing. With `--connect`, also checks its PostgreSQL database.
 *
 * @throws {ConfigurationError} with all mistakes
 * @throws {Error} that lists everything that prevents a server from using the database
 */
export async function check(args: readonly string[]): Promise<void> {
  const options = { config: { type: "string" }, connect: { type: "boolean" } } as const;
  const { values } = parseOptions("memory-server check", { args: [...args], options });
  const source = await readConfiguration(values);
  const { settings } = await resolveSettings(source, () => temporarySecrets);
  const { stores, databaseUrl, dataFolder } = settings;
  const database = databaseUrl === undefined ? `the embedded database in ${dataFolder}` : "PostgreSQL";
  console.log(`The configuration is valid. Stores: ${[...stores.keys()].join(", ")}. Database: ${database}.`);
  if (values.connect) await checkDatabase(settings);
}

async function checkDatabase({ databaseUrl }: Settings): Promise<void> {
  if (databaseUrl === undefined) {
    console.log("The embedded database needs no connection.");
    return;
  }
  const { checkPostgres } = await import("../storage/postgres/check-database.ts");
  const { facts, problems } = await checkPostgres({ databaseUrl });
  for (const fact of facts) console.log(fact);
  if (problems.length > 0) throw new Error(["The server cannot use the database.", ...problems].join("\n"));
  console.log("The server can use the database.");
}
