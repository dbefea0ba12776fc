import { createMemoryClient, MemoryApiError } from "@memory-api/client";

const memory = createMemoryClient({
  credentials: {
    apiKey: process.env.MEMORY_API_KEY ?? "",
    apiSecret: process.env.MEMORY_API_SECRET ?? "",
  },
  baseUrl: process.env.MEMORY_BASE_URL,
});

try {
  const { message } = await memory.operations.deleteProfile({
    path: {
      storeId: "mem_store_00000000000000000000000000",
      profileId: "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
    },
  });
  console.log(message);
} catch (error) {
  if (!(error instanceof MemoryApiError) || error.status !== 308) throw error;
  const canonical = error.headers.get("Canonical-Profile-Id");
  console.log(`Not deleted: merged into ${canonical}, which holds both`);
}
