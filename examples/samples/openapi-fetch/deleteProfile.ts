import {
  createFetchClient,
  profileMoved,
} from "@memory-api/client/openapi-fetch";

const client = createFetchClient();

const result = await client.DELETE(
  "/v1/Stores/{storeId}/Profiles/{profileId}",
  {
    params: {
      path: {
        storeId: "mem_store_00000000000000000000000000",
        profileId: "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
      },
    },
  },
);
const moved = profileMoved(result);
if (moved) {
  console.log(`Not deleted: merged into ${moved.canonicalProfileId}.`);
} else {
  if (result.error) throw new Error(result.error.message);
  console.log(result.data.message);
}
