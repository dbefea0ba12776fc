import { isProfileMovedError } from "@memory-api/client";
import { assert, assertEqual, rejectionOf } from "../assertions.ts";
import type { Check, CheckContext } from "../check.ts";

export const mergedProfileChecks: readonly Check[] = [
  {
    name: "fetches the canonical profile of a merged one, and returns the merged ID in movedFrom",
    async run(context) {
      const { profiles, canonical, merged } = await merge(context, "+14155550101");
      const { id, movedFrom } = await profiles.fetch(merged);
      assertEqual({ id, movedFrom }, { id: canonical, movedFrom: merged });
    },
  },
  {
    name: "does not delete a merged profile, and rejects with the canonical ID",
    async run(context) {
      const { profiles, canonical, merged } = await merge(context, "+14155550102");
      const error = await rejectionOf(profiles.delete(merged));
      assert(isProfileMovedError(error), "the error is a ProfileMovedError");
      const { operationId, status, canonicalProfileId } = Object(error);
      assertEqual([operationId, status, canonicalProfileId], ["deleteProfile", 308, canonical]);
      assertEqual((await profiles.fetch(canonical)).id, canonical);
    },
  },
  {
    name: "patches the canonical profile with followMoved",
    async run(context) {
      const { profiles, canonical, merged } = await merge(context, "+14155550103");
      await profiles.patch(merged, { traits: { Contact: { city: "Oakland" } } }, { followMoved: true });
      assertEqual((await profiles.fetch(canonical)).traits["Contact"]?.["city"], "Oakland");
    },
  },
  {
    name: "returns the 301 of a merged profile from operations.fetchProfile",
    async run(context) {
      const { canonical, merged } = await merge(context, "+14155550104");
      const { storeId } = context.settings;
      const { operations } = context.memory();
      const outcome = await operations.fetchProfile({ path: { storeId, profileId: merged } }).safe();
      assert(!outcome.ok && isProfileMovedError(outcome.error), "the error is a ProfileMovedError");
      const { canonicalProfileId } = Object(Object(outcome).error);
      assertEqual([outcome.status, canonicalProfileId], [301, canonical]);
    },
  },
];

/** Creates two profiles, and merges the second one into the first one. */
async function merge({ memory, settings: { storeId } }: CheckContext, phone: string) {
  const { profiles } = memory().store(storeId);
  const email = `merged${phone}@example.com`;
  const { id: canonical } = await profiles.create({ traits: { Contact: { email } } });
  const { id: merged } = await profiles.create({ traits: { Contact: { phone } } });
  await profiles.create({ traits: { Contact: { email, phone } } });
  return { profiles, canonical, merged };
}
