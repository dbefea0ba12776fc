import { createFetchClient } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

const { data, error } = await client.POST(
  "/v1/Stores/{storeId}/Profiles/Imports",
  {
    params: { path: { storeId: "mem_store_00000000000000000000000000" } },
    body: {
      filename: "contacts.csv",
      fileSize: 204_800,
      columnMappings: [
        { columnName: "email", traitGroup: "Contact", traitName: "email" },
        { columnName: "phone", traitGroup: "Contact", traitName: "phone" },
      ],
    },
  },
);
if (error) throw new Error(error.message);
console.log(`Upload the file of ${data.importId} to ${data.url}`);
