import { createFetchClient } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

let pageToken: string | undefined;
do {
  const { data, error } = await client.GET("/v1/Stores/{storeId}/Profiles", {
    params: {
      path: { storeId: "mem_store_00000000000000000000000000" },
      query: { pageSize: 100, ...(pageToken && { pageToken }) },
    },
  });
  if (error) throw new Error(error.message);
  for (const profileId of data.profiles) console.log(profileId);
  pageToken = data.meta.nextToken;
} while (pageToken);
