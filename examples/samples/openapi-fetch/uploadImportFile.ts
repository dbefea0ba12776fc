import { readFile } from "node:fs/promises";
import {
  createFetchClient,
  uploadImportFile,
} from "@memory-api/client/openapi-fetch";

const client = createFetchClient();
const file = await readFile("contacts.csv");

const path = "/v1/Stores/{storeId}/Profiles/Imports";
const created = await client.POST(path, {
  params: { path: { storeId: "mem_store_00000000000000000000000000" } },
  body: {
    filename: "contacts.csv",
    fileSize: file.byteLength,
    columnMappings: [
      { columnName: "email", traitGroup: "Contact", traitName: "email" },
      { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
    ],
  },
});
if (created.error) throw new Error(created.error.message);

const { importId, url } = created.data;
const { error, response } = await uploadImportFile(url, file);
if (error) {
  throw new Error(`Upload failed: ${response.status}`, { cause: error });
}
console.log(`Uploaded the file of ${importId}.`);
