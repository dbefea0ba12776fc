import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

const newestFirst = profiles.list({ pageSize: 100 });
// The client requests the next page when the loop reaches it.
for await (const profileId of newestFirst) {
  console.log(profileId);
}
