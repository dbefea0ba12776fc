// Prints the newest customers, ten or as many as the argument says.
import { createMemoryClient, isMemoryError } from "@memory-api/client";

const limit = Number(process.argv[2] ?? 10);

// The client reads the base URL and the credentials from the environment.
const { profiles } = createMemoryClient().store("mem_store_00000000000000000000000000");
try {
  const customers = [];
  for (const id of await profiles.list().toArray({ limit })) {
    const { createdAt, traits } = await profiles.fetch(id, { traitGroups: ["Contact"] });
    customers.push({
      email: traits.Contact?.email,
      firstName: traits.Contact?.firstName,
      since: createdAt.slice(0, 10),
    });
  }
  console.table(customers);
} catch (error) {
  if (!isMemoryError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
