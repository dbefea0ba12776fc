import { resolve } from "node:path";
import { ConfigurationError, type Mistake } from "./configuration-error.ts";
import type { ConfigurationSource } from "./read-configuration.ts";
import { resolveDatabaseUrl } from "./resolve-database-url.ts";
import { storesOf } from "./resolve-stores.ts";
import type { Settings } from "./settings.ts";

/** Where the data is, and the rules that it follows. */
export type StorageSettings = Pick<Settings, "dataFolder" | "databaseUrl" | "stores">;

/**
 * Converts the part of a configuration that describes the storage. Unlike `resolveSettings`, it reads no secret except the URL of the
 * database, so an operator needs no access to the others.
 *
 * @throws {ConfigurationError} with all mistakes of this part
 */
export async function resolveStorageSettings(source: ConfigurationSource): Promise<StorageSettings> {
  const { configuration, folder, name } = source;
  const mistakes: Mistake[] = [];
  const databaseUrl = await resolveDatabaseUrl(configuration, folder, mistakes);
  const stores = storesOf(configuration, mistakes);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, name);
  const dataFolder = resolve(folder, configuration.data ?? "memory-data");
  return { dataFolder, ...(databaseUrl !== undefined && { databaseUrl }), stores };
}
