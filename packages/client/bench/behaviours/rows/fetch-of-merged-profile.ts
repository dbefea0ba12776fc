import { towardsService } from "../behaviour.ts";
import { type Ending, told } from "../callers/ending.ts";
import { profileId } from "../service/answers.ts";
import { mergedId, serviceWithMergedProfile } from "../service/merged-profile.ts";

export const fetchOfMergedProfile = towardsService(
  "GET of a profile that was merged into another, 301",
  serviceWithMergedProfile,
  async (caller) => {
    const ending = await caller.fetchProfile(mergedId);
    return ending.how === "gives" ? `${given(ending.value)}, ${whatSaysSo(ending)} says so` : told(ending);
  },
);

function given(value: unknown): string {
  const { id, traits } = Object(value);
  if (id === profileId && traits !== undefined) return "gives the other profile";
  return `gives a profile with \`id\` ${id} and \`traits\` ${traits}`;
}

function whatSaysSo({ value, isRedirected }: Ending & { how: "gives" }): string {
  const [key] = Object.entries(Object(value)).find(([, each]) => each === mergedId) ?? [];
  if (key !== undefined) return `\`${key}\``;
  return isRedirected ? "only `response.redirected`" : "nothing";
}
