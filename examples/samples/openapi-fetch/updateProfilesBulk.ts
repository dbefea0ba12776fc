import { createFetchClient } from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

// A request contains up to 1000 profiles. The service accepts all or none.
const { data, error } = await client.PUT("/v1/Stores/{storeId}/Profiles/Bulk", {
  params: { path: { storeId: "mem_store_00000000000000000000000000" } },
  body: {
    profiles: [
      { traits: { Contact: { email: "ada@example.com", city: "Oakland" } } },
      { traits: { Contact: { phone: "+442079460018", firstName: "Jonas" } } },
    ],
  },
});
if (error) throw new Error(error.message);
console.log(data.message);
