import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

const { imports } = await memory.operations.listProfileImportsV2({
  path: { storeId: "mem_store_00000000000000000000000000" },
});
console.log(`Newest of ${imports.length} imports: ${imports[0]}`);
