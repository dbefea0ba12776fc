import { createMemoryClient } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

const { id } = await memory.operations.createProfile({
  path: { storeId: "mem_store_00000000000000000000000000" },
  body: {
    traits: {
      Contact: {
        email: "ada.reyes@example.com",
        phone: "+14155550123",
        firstName: "Ada",
      },
    },
  },
});
console.log(`Ada is ${id}`);
