import { MemoryApiError, type MemoryClient } from "@memory-api/client";
import { type Profile, type ProfileId, patterns, type StoreId } from "@memory-api/types";

/** Returns the profile, or the one that it was merged into. Returns `undefined` if it does not exist or is not visible yet. */
export async function findProfile(
  memory: MemoryClient,
  path: { storeId: StoreId; profileId: ProfileId },
): Promise<Profile | undefined> {
  try {
    return await memory.operations.fetchProfile({ path });
  } catch (error) {
    if (!(error instanceof MemoryApiError)) throw error;
    if (error.status === 404) return undefined;
    const canonical = error.headers.get("Canonical-Profile-Id");
    if (error.status === 301 && isProfileId(canonical)) return findProfile(memory, { ...path, profileId: canonical });
    throw error;
  }
}

function isProfileId(value: string | null): value is ProfileId {
  return value !== null && patterns.ProfileId.test(value);
}
