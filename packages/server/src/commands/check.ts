import { temporarySecrets } from "../configuration/generated-secrets.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveSettings } from "../configuration/resolve-settings.ts";
import { parseOptions } from "./parse-options.ts";

/**
 * Checks whether a server could start with this configuration, and changes nothing.
 *
 * @throws {ConfigurationError} with all mistakes
 */
export async function check(args: readonly string[]): Promise<void> {
  const options = { config: { type: "string" } } as const;
  const { values } = parseOptions("memory-server check", { args: [...args], options });
  const source = await readConfiguration(values);
  const { settings } = await resolveSettings(source, () => temporarySecrets);
  const { stores, databaseUrl, dataFolder } = settings;
  const database = databaseUrl === undefined ? `the embedded database in ${dataFolder}` : "PostgreSQL";
  console.log(`The configuration is valid. Stores: ${[...stores.keys()].join(", ")}. Database: ${database}.`);
}
