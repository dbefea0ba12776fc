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
 */
export async function storageSettings(options: {
  readonly config?: string;
  readonly data?: string;
}): Promise<StorageSettings> {
  return resolveStorageSettings(await readConfiguration(options));
}
