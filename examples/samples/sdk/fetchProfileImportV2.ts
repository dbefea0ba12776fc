import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

const { status, summary } = await memory.operations.fetchProfileImportV2({
  path: {
    storeId: "mem_store_00000000000000000000000000",
    importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8",
  },
});
console.log(`${status}: ${summary?.errors ?? 0} rows refused`);
