import { readConfiguration } from "../configuration/read-configuration.ts";
import { resolveStorageSettings, type StorageSettings } from "../configuration/resolve-storage-settings.ts";

/** The options that every command on a storage has. */
export const STORAGE_OPTIONS = {
  config: { type: "string" },
  data: { type: "string" },
  json: { type: "boolean" },
} as const;

/**
 * Reads where the data is, and which stores are configured.
 *
 * @throws {ConfigurationError}
 * @throws {Error} if the options name a data folder, but the configuration names a PostgreSQL database
 */
export async function storageSettings(options: {
  readonly config?: string;
  readonly data?: string;
}): Promise<StorageSettings> {
  const settings = await resolveStorageSettings(await readConfiguration(options));
  if (options.data !== undefined && settings.databaseUrl !== undefined) {
    throw new Error(
      "--data names a data folder, but the configuration or DATABASE_URL names PostgreSQL. Remove one of them.",
    );
  }
  return settings;
}
