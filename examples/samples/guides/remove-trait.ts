import { createMemoryClient } from "@memory-api/client";

const { profiles } = createMemoryClient().store("mem_store_00000000000000000000000000");
const { id } = await profiles.create({ traits: { Contact: { email: "lin@example.com", city: "Oakland" } } });

// Traits that are not named stay as they are. Null removes a trait.
await profiles.patch(id, { traits: { Contact: { firstName: "Lin", city: null } } });
const { traits } = await profiles.waitFor(id, { until: ({ traits }) => traits.Contact?.firstName === "Lin" });
console.log(traits.Contact); // { email: "lin@example.com", firstName: "Lin" }
