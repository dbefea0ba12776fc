import { readFile } from "node:fs/promises";
import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

const storeId = "mem_store_00000000000000000000000000";
const file = await readFile("contacts.csv");
const { importId, url } = await memory.operations.createProfilesImportV2({
  path: { storeId },
  body: {
    filename: "contacts.csv",
    fileSize: file.byteLength,
    columnMappings: [
      { columnName: "email", traitGroup: "Contact", traitName: "email" },
      { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
    ],
  },
});
await memory.operations.uploadImportFile({ url, body: file });

const path = { storeId, importId } as const;
const { status } = await memory.operations.fetchProfileImportV2({ path });
console.log(`${importId} is ${status}`);
