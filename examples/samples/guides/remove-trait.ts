import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

const { id } = await profiles.create({
  traits: { Contact: { email: "lin@example.com", city: "Oakland" } },
});

// Null removes a trait. Traits that are not named stay as they are.
await profiles.patch(id, {
  traits: { Contact: { firstName: "Lin", city: null } },
});
const { traits } = await profiles.waitFor(id, {
  until: ({ traits }) => traits.Contact?.firstName === "Lin",
});
// { email: "lin@example.com", firstName: "Lin" }
console.log(traits.Contact);
