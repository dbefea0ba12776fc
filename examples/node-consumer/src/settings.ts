import type { MemoryClientOptions } from "@memory-api/client";
import { baseUrl as liveService, patterns, type StoreId } from "@memory-api/types";

export interface Settings {
  storeId: StoreId;
  client: MemoryClientOptions & { baseUrl: string };
}

/** Reads the settings from the environment. The mock needs only `MEMORY_BASE_URL`: it accepts any store ID and credentials. */
export function settingsFrom(environment: NodeJS.ProcessEnv): Settings {
  const {
    MEMORY_BASE_URL: baseUrl = liveService,
    MEMORY_STORE_ID: storeId = "mem_store_00000000000000000000000000",
    TWILIO_API_KEY: apiKey = "any",
    TWILIO_API_SECRET: apiSecret = "any",
  } = environment;
  if (!isStoreId(storeId)) throw new Error(`MEMORY_STORE_ID is ${storeId}, but must match ${patterns.StoreId.source}`);
  return { storeId, client: { baseUrl, credentials: { apiKey, apiSecret } } };
}

function isStoreId(value: string): value is StoreId {
  return patterns.StoreId.test(value);
}
