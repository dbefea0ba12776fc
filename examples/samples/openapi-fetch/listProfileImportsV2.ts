import { createFetchClient } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

const { data, error } = await client.GET(
  "/v1/Stores/{storeId}/Profiles/Imports",
  { params: { path: { storeId: "mem_store_00000000000000000000000000" } } },
);
if (error) throw new Error(error.message);
console.log(`The newest of ${data.imports.length} imports:`);
for (const importId of data.imports.slice(0, 10)) {
  console.log(importId);
}
