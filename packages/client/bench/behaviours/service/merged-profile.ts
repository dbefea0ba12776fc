import type { ProfileId, ResponseOf } from "@memory-api/types";
import { found, profileId, storeId } from "./answers.ts";
import type { Script } from "./scripted-service.ts";

/** The profile that was merged into the one that is there. */
export const mergedId: ProfileId = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";

const deleted: ResponseOf<"deleteProfile"> = { message: "Profile accepted for deletion." };

/** A service with a profile, and with another that was merged into it. */
export const serviceWithMergedProfile: Script = ({ method, target, origin }) => {
  if (!target.endsWith(mergedId)) return method === "DELETE" ? { status: 202, body: deleted } : found;
  const uri = `${origin}/v1/Stores/${storeId}/Profiles/${profileId}`;
  const body: ResponseOf<"fetchProfile", 301> = { message: "Profile has moved.", uri };
  const headers = { Location: uri, "Canonical-Profile-Id": profileId };
  return { status: method === "GET" ? 301 : 308, headers, body };
};
