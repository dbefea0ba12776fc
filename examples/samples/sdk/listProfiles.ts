import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

const { profiles, meta } = await memory.operations.listProfiles({
  path: { storeId: "mem_store_00000000000000000000000000" },
  query: { pageSize: 100 },
});
for (const id of profiles) console.log(id);
if (meta.nextToken) console.log(`Next page: ${meta.nextToken}`);
