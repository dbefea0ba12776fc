import { parseArgs } from "node:util";
import { passingSecrets } from "../configuration/own-secrets.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveSettings } from "../configuration/resolve-settings.ts";

/**
 * Says whether a server would start with this configuration, and changes nothing.
 *
 * @throws {ConfigurationError} with all mistakes
 */
export async function check(given: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...given], options: { config: { type: "string" } } });
  const source = await readConfiguration(values);
  const { settings } = await resolveSettings(source, () => passingSecrets);
  const { stores, databaseUrl, dataFolder } = settings;
  const database = databaseUrl === undefined ? `the embedded database in ${dataFolder}` : "PostgreSQL";
  console.log(`The configuration can be used: ${[...stores.keys()].join(", ")} on ${database}.`);
}
