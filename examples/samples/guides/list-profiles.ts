import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

// The client requests the next page when the loop reaches it.
for await (const id of profiles.list({ orderBy: "ASC" })) {
  console.log(id);
}

// One page at a time.
for await (const { ids } of profiles.list({ pageSize: 100 }).pages()) {
  console.log(`${ids.length} profiles`);
}
