import { inspect } from "node:util";
import type { ProfileId, ResponseOf } from "@memory-api/types";
import { behaviorWith } from "../behavior.ts";
import { inWords, type Outcome } from "../callers/caller.ts";
import { found, profileId, type Script, storeId } from "../scripted-service.ts";

const mergedId: ProfileId = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";
const deleted: ResponseOf<"deleteProfile"> = { message: "Profile accepted for deletion." };

/** A service with a profile that another was merged into. */
const serviceWithMergedProfile: Script = ({ method, target, origin }) => {
  if (!target.endsWith(mergedId)) return method === "DELETE" ? { status: 202, body: deleted } : found;
  const uri = `${origin}/v1/Stores/${storeId}/Profiles/${profileId}`;
  const body: ResponseOf<"fetchProfile", 301> = { message: "Profile has moved.", uri };
  const headers = { Location: uri, "Canonical-Profile-Id": profileId };
  return { status: method === "GET" ? 301 : 308, headers, body };
};

export const fetchOfMergedProfile = behaviorWith(
  serviceWithMergedProfile,
  "GET of a profile that was merged into another, 301",
  async (caller) => {
    const outcome = await caller.fetchProfile(mergedId);
    return outcome.kind === "value" ? `returns ${profileIn(outcome)}, ${indicationIn(outcome)}` : inWords(outcome);
  },
);

export const deletionOfMergedProfile = behaviorWith(
  serviceWithMergedProfile,
  "DELETE of a profile that was merged into another, 308",
  async (caller, { requests }) => {
    const outcome = await caller.deleteProfile(mergedId);
    const isDeleted = requests.some(({ method, target }) => method === "DELETE" && target.endsWith(profileId));
    const observed = `${inWords(outcome)}; ${isDeleted ? "the canonical profile is deleted" : "nothing is deleted"}`;
    if (!("error" in outcome)) return observed;
    return `${observed}; the error ${inspect(outcome.error).includes(profileId) ? "has" : "lacks"} the canonical ID`;
  },
);

function profileIn({ value }: Outcome & { kind: "value" }): string {
  const { id, traits } = Object(value);
  if (id === profileId && traits !== undefined) return "the canonical profile";
  return `a profile with \`id\` ${id} and \`traits\` ${traits}`;
}

function indicationIn({ value, isRedirected }: Outcome & { kind: "value" }): string {
  const [key] = Object.entries(Object(value)).find(([, each]) => each === mergedId) ?? [];
  if (key !== undefined) return `indicated by \`${key}\``;
  return isRedirected ? "indicated only by `response.redirected`" : "without any indication";
}
