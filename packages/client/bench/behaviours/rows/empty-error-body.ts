import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { profileId } from "../service/answers.ts";

export const emptyErrorBody = towardsService(
  "404 with an empty body",
  () => ({ status: 404 }),
  async (caller) => told(await caller.fetchProfile(profileId)),
);
