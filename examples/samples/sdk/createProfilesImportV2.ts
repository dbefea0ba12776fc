import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { imports } = memory.store("mem_store_00000000000000000000000000");

const { importId, url } = await imports.create({
  filename: "contacts.csv",
  fileSize: 204_800,
  columnMappings: [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
  ],
});
console.log(`Upload the file of ${importId} to ${url}`);
