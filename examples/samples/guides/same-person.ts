import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

const first = await profiles.create({
  traits: { Contact: { email: "grace@example.com" } },
});
const second = await profiles.create({
  traits: { Contact: { phone: "(415) 555-0199" } },
});
console.log(first.id === second.id); // false: nothing connects them yet

// This request has both identifiers: the profiles are the same person.
const merged = await profiles.create({
  traits: {
    Contact: { email: "Grace@Example.com", phone: "+14155550199" },
  },
});
console.log(merged.id === first.id); // true: the older profile remains

// The client follows the redirect of the newer profile.
const { id, movedFrom } = await profiles.fetch(second.id);
console.log(id === first.id, movedFrom === second.id); // true true
