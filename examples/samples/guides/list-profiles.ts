import { createMemoryClient } from "@memory-api/client";

const { profiles } = createMemoryClient().store("mem_store_00000000000000000000000000");

for await (const id of profiles.list({ orderBy: "ASC", pageSize: 100 })) console.log(id);

// A page at a time.
for await (const { ids } of profiles.list({ pageSize: 100 }).pages()) console.log(`${ids.length} profiles`);
