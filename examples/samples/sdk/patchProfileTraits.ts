import { createMemoryClient, isProfileMovedError } from "@memory-api/client";

const memory = createMemoryClient();
const { profiles } = memory.store("mem_store_00000000000000000000000000");

try {
  const { message } = await profiles.patch(
    "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
    { traits: { Contact: { city: "Oakland", phone: null } } },
  );
  console.log(message);
} catch (error) {
  if (!isProfileMovedError(error)) throw error;
  console.log(`Not patched: merged into ${error.canonicalProfileId}.`);
}
