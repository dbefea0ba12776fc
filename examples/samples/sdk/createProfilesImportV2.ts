import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

const { importId } = await memory.operations.createProfilesImportV2({
  path: { storeId: "mem_store_00000000000000000000000000" },
  body: {
    filename: "contacts.csv",
    fileSize: 204_800,
    columnMappings: [
      { columnName: "email", traitGroup: "Contact", traitName: "email" },
      { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
    ],
  },
});
console.log(`${importId} waits for its file`);
