import { createFetchClient } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

const { data, error } = await client.POST("/v1/Stores/{storeId}/Profiles", {
  params: { path: { storeId: "mem_store_00000000000000000000000000" } },
  body: {
    traits: {
      Contact: {
        email: "ada.reyes@example.com",
        phone: "+14155550123",
        firstName: "Ada",
      },
    },
  },
});
if (error) throw new Error(error.message);
console.log(`Ada has the profile ${data.id}.`);
