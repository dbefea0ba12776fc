import { inspect } from "node:util";
import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { profileId } from "../service/answers.ts";
import { mergedId, serviceWithMergedProfile } from "../service/merged-profile.ts";

export const deleteOfMergedProfile = towardsService(
  "DELETE of a profile that was merged into another, 308",
  serviceWithMergedProfile,
  async (caller, { requests }) => {
    const ending = await caller.deleteProfile(mergedId);
    const isDeleted = requests.some(({ method, target }) => method === "DELETE" && target.endsWith(profileId));
    const outcome = `${told(ending)}; ${isDeleted ? "the other profile is deleted" : "nothing is deleted"}`;
    if (!("error" in ending)) return outcome;
    return `${outcome}; the error ${inspect(ending.error).includes(profileId) ? "has" : "lacks"} the new ID`;
  },
);
