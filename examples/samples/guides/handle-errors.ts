import {
  createMemoryClient,
  isConnectionError,
  isMemoryApiError,
} from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

try {
  await profiles.fetch("mem_profile_00000000000000000000000000");
} catch (error) {
  if (isMemoryApiError(error, "fetchProfile", 404)) {
    console.log(error.body.code, error.body.message);
  } else if (isConnectionError(error)) {
    console.log("No response. May have arrived:", error.mayHaveArrived);
  } else {
    throw error;
  }
}
