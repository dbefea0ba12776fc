import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

const { message } = await memory.operations.updateProfilesBulk({
  path: { storeId: "mem_store_00000000000000000000000000" },
  body: {
    profiles: [
      { traits: { Contact: { email: "ada@example.com", city: "Oakland" } } },
      { traits: { Contact: { phone: "+442079460018", firstName: "Jonas" } } },
    ],
  },
});
console.log(message);
