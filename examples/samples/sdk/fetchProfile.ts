import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

const { id, movedFrom, traits } = await profiles.fetch(
  "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
  { traitGroups: ["Contact"] },
);
console.log(traits.Contact?.email);
if (movedFrom) console.log(`Merged: fetch ${id} from now on.`);
