import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

// Accepts any number of profiles and sends up to 1000 per request.
const { items } = await profiles.bulkUpsert([
  { traits: { Contact: { email: "ada@example.com", city: "Oakland" } } },
  { traits: { Contact: { phone: "+442079460018", firstName: "Jonas" } } },
]);
console.log(`${items} profiles accepted for processing.`);
