import { isProfileMovedError } from "@memory-api/client";
import { equal, holds, rejectionOf } from "../assertions.ts";
import type { Check, CheckContext } from "../check.ts";

export const mergedProfileChecks: readonly Check[] = [
  {
    name: "follows a merged profile, and says what was asked for",
    async run(context) {
      const { profiles, canonical, merged } = await merge(context, "+14155550101");
      const { id, movedFrom } = await profiles.fetch(merged);
      equal({ id, movedFrom }, { id: canonical, movedFrom: merged });
    },
  },
  {
    name: "does not delete a merged profile, and names the canonical one",
    async run(context) {
      const { profiles, canonical, merged } = await merge(context, "+14155550102");
      const error = await rejectionOf(profiles.delete(merged));
      holds(isProfileMovedError(error), "it is a ProfileMovedError");
      const { operationId, status, canonicalProfileId } = Object(error);
      equal([operationId, status, canonicalProfileId], ["deleteProfile", 308, canonical]);
      equal((await profiles.fetch(canonical)).id, canonical);
    },
  },
  {
    name: "patches the canonical profile where it is told to follow",
    async run(context) {
      const { profiles, canonical, merged } = await merge(context, "+14155550103");
      await profiles.patch(merged, { traits: { Contact: { city: "Oakland" } } }, { followMoved: true });
      equal((await profiles.fetch(canonical)).traits["Contact"]?.["city"], "Oakland");
    },
  },
  {
    name: "gives the redirect of a merged profile as the contract has it",
    async run(context) {
      const { canonical, merged } = await merge(context, "+14155550104");
      const { storeId } = context.settings;
      const { operations } = context.memory();
      const outcome = await operations.fetchProfile({ path: { storeId, profileId: merged } }).safe();
      holds(!outcome.ok && isProfileMovedError(outcome.error), "it is a ProfileMovedError");
      const { canonicalProfileId } = Object(Object(outcome).error);
      equal([outcome.status, canonicalProfileId], [301, canonical]);
    },
  },
];

/** Two profiles, of which the second was merged into the first. */
async function merge({ memory, settings: { storeId } }: CheckContext, phone: string) {
  const { profiles } = memory().store(storeId);
  const email = `merged${phone}@example.com`;
  const { id: canonical } = await profiles.create({ traits: { Contact: { email } } });
  const { id: merged } = await profiles.create({ traits: { Contact: { phone } } });
  await profiles.create({ traits: { Contact: { email, phone } } });
  return { profiles, canonical, merged };
}
