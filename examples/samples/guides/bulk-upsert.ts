import { createMemoryClient } from "@memory-api/client";

const { profiles } = createMemoryClient().store("mem_store_00000000000000000000000000");

function* customers() {
  for (let number = 0; number < 2500; number++) {
    yield { traits: { Contact: { email: `customer-${number}@example.com`, country: "US" } } };
  }
}

// Three requests. The argument may also be an array or an async iterable, such as the rows of a database.
const { items } = await profiles.bulkUpsert(customers());
console.log(`${items} customers accepted.`);
