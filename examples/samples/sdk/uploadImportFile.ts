import { readFile } from "node:fs/promises";
import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { imports } = memory.store("mem_store_00000000000000000000000000");

// imports.run() does all of this in one call and waits for the result.
const file = await readFile("contacts.csv");
const { importId, url } = await imports.create({
  filename: "contacts.csv",
  fileSize: file.byteLength,
  columnMappings: [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
  ],
});
await memory.operations.uploadImportFile({ url, body: file });
console.log(`Uploaded the file of ${importId}.`);
