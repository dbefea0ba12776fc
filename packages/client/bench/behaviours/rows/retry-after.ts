import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { found, profileId, refused } from "../service/answers.ts";

const SECONDS = 2;

export const retryAfter = towardsService(
  `429 with \`Retry-After: ${SECONDS}\`, then 200`,
  (_, all) => (all.length === 1 ? refused(429, { "Retry-After": String(SECONDS) }) : found),
  async (caller, { requests }) => {
    const outcome = told(await caller.fetchProfile(profileId));
    const [first, second] = requests;
    if (!first || !second) return outcome;
    const isTooEarly = second.at - first.at < SECONDS * 1000;
    return `asks again ${isTooEarly ? "before" : "after"} the ${SECONDS} s and ${outcome}`;
  },
);
