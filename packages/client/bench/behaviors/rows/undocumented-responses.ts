import { behaviorWith } from "../behavior.ts";
import { inWords } from "../callers/caller.ts";
import { profileId } from "../scripted-service.ts";

export const emptyErrorBody = behaviorWith(
  () => ({ status: 404 }),
  "404 with an empty body",
  async (caller) => inWords(await caller.fetchProfile(profileId)),
);

export const successWithHtml = behaviorWith(
  () => ({ body: "<!doctype html><title>Log in</title>" }),
  "200 with an HTML page, as a proxy may send",
  async (caller) => inWords(await caller.fetchProfile(profileId)),
);
