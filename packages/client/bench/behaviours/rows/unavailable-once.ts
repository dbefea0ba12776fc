import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { found, profileId, refused } from "../service/answers.ts";
import { times } from "../times.ts";

export const unavailableOnce = towardsService(
  "503, then 200",
  (_, all) => (all.length === 1 ? refused(503) : found),
  async (caller, { requests }) => {
    const outcome = told(await caller.fetchProfile(profileId));
    return `asks ${times(requests.length)} and ${outcome}`;
  },
);
