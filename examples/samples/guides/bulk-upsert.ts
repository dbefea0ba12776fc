import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

function* customers() {
  for (let number = 0; number < 2500; number++) {
    const email = `customer-${number}@example.com`;
    yield { traits: { Contact: { email, country: "US" } } };
  }
}

// Sends three requests. The argument can also be an array, or an
// async iterable such as the rows of a database.
const { items } = await profiles.bulkUpsert(customers());
console.log(`${items} customers accepted.`);
