import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { profileId } from "../service/answers.ts";

export const successWithHtml = towardsService(
  "200 with a page of HTML, as a proxy may answer",
  () => ({ body: "<!doctype html><title>Log in</title>" }),
  async (caller) => told(await caller.fetchProfile(profileId)),
);
