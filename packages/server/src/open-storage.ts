import { join } from "node:path";
import { rulesByStore } from "./configuration/rules-by-store.ts";
import type { Settings } from "./configuration/settings.ts";
import { UploadFiles } from "./imports/upload-files.ts";
import { openSqlite } from "./storage/sqlite/open-sqlite.ts";
import type { Storage, UploadStorage } from "./storage/storage.ts";

export interface OpenedStorage {
  readonly storage: Storage;
  readonly uploads: UploadStorage;
}

/**
 * Opens the storage that the settings name: PostgreSQL, or the embedded database with uploads in files beside it.
 *
 * @throws {StorageUnavailableError}
 */
export async function openStorage({
  databaseUrl,
  databaseConnections,
  dataFolder,
  stores,
}: Settings): Promise<OpenedStorage> {
  const rules = rulesByStore(stores);
  if (databaseUrl !== undefined) {
    // Loaded only where it is needed: the embedded database starts faster without it.
    const { openPostgres } = await import("./storage/postgres/open-postgres.ts");
    const storage = await openPostgres({
      databaseUrl,
      rules,
      ...(databaseConnections !== undefined && { maxConnections: databaseConnections }),
    });
    return { storage, uploads: storage.uploads };
  }
  const storage = await openSqlite(dataFolder, rules);
  const isNeeded = async (importId: string) => {
    const found = await Promise.all([...rules.keys()].map((storeId) => storage.fetchImport(storeId, importId)));
    const records = found.filter((record) => record !== undefined);
    // A store that is not configured now may be so again.
    return records.length === 0 || records.some(({ status }) => status === "PROCESSING");
  };
  try {
    return { storage, uploads: await UploadFiles.open(join(dataFolder, "uploads"), isNeeded) };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
