import type { ProfileRedirect } from "@memory-api/types";
import { operations } from "@memory-api/types";

/** Body and headers of the response for a profile that was merged into another. */
export function profileMoved(
  origin: string,
  storeId: string,
  canonicalId: string,
): { body: ProfileRedirect; headers: Record<string, string> } {
  const path = operations.fetchProfile.path.replace("{storeId}", storeId).replace("{profileId}", canonicalId);
  const uri = origin + path;
  return {
    body: { message: "The profile was merged into another profile.", uri },
    headers: { Location: uri, "Canonical-Profile-Id": canonicalId },
  };
}
