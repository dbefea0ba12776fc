import { createFetchClient } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

const { data, error } = await client.GET(
  "/v1/Stores/{storeId}/Profiles/Imports/{importId}",
  {
    params: {
      path: {
        storeId: "mem_store_00000000000000000000000000",
        importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8",
      },
    },
  },
);
if (error) throw new Error(error.message);
console.log(`The import is ${data.status}.`);
if (data.summary) console.log(`${data.summary.errors} rows failed.`);
