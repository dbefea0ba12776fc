import {
  createFetchClient,
  profileMoved,
} from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

const result = await client.PATCH("/v1/Stores/{storeId}/Profiles/{profileId}", {
  params: {
    path: {
      storeId: "mem_store_00000000000000000000000000",
      profileId: "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
    },
  },
  body: { traits: { Contact: { city: "Oakland", phone: null } } },
});
const moved = profileMoved(result);
if (moved) {
  console.log(`Not patched: merged into ${moved.canonicalProfileId}.`);
} else {
  if (result.error) throw new Error(result.error.message);
  console.log(result.data.message);
}
