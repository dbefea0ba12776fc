import {
  createFetchClient,
  profileMoved,
} from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

const result = await client.GET("/v1/Stores/{storeId}/Profiles/{profileId}", {
  params: {
    path: {
      storeId: "mem_store_00000000000000000000000000",
      profileId: "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
    },
    query: { traitGroups: "Contact" },
  },
});
const moved = profileMoved(result);
if (moved) {
  console.log(`Merged: fetch ${moved.canonicalProfileId} from now on.`);
} else {
  if (result.error) throw new Error(result.error.message);
  console.log(result.data.traits.Contact?.email);
}
