import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

const { id } = await profiles.create({
  traits: {
    Contact: { email: "ada.reyes@example.com", firstName: "Ada" },
  },
});
const { traits } = await profiles.waitFor(id);
console.log(id, traits.Contact);
