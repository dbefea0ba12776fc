import fc from "fast-check";
import { expect } from "vitest";
import { personChanges, traitsOf, unidentifiedChanges } from "./changes.ts";
import { anyId, type Step, step } from "./step.ts";

const MISFITS = [
  { traits: { Unknown: { email: "a@x.test" } }, code: 520047, place: "/traits/Unknown" },
  { traits: { Contact: { unknown: "a@x.test" } }, code: 520047, place: "/traits/Contact/unknown" },
  { traits: { Contact: { email: 1 } }, code: 520046, place: "/traits/Contact/email" },
  { traits: { Billing: { account: 2.5 } }, code: 520046, place: "/traits/Billing/account" },
  { traits: { Billing: { account: 2 ** 53 } }, code: 520046, place: "/traits/Billing/account" },
  { traits: { Billing: { account: "1" } }, code: 520046, place: "/traits/Billing/account" },
  { traits: { Billing: { isActive: [true] } }, code: 520046, place: "/traits/Billing/isActive" },
];

const misfit = fc.constantFrom(...MISFITS);

const create: fc.Arbitrary<Step> = misfit.map(({ traits, code, place }) =>
  step(`create ${JSON.stringify(traits)}, which is rejected`, async (_, { client, storeId }) => {
    const { status, body } = await client.send("createProfile", { path: { storeId }, body: { traits } });
    const message = expect.stringMatching(`^${place}: `);
    expect({ status, body }).toMatchObject({ status: 400, body: { code, message } });
  }),
);

const createUnidentified: fc.Arbitrary<Step> = unidentifiedChanges.map((changes) => {
  const traits = traitsOf(changes);
  return step(`create ${JSON.stringify(traits)}, without an identifier`, async (_, { client, storeId }) => {
    const { status, body } = await client.send("createProfile", { path: { storeId }, body: { traits } });
    const message = expect.stringMatching(
      /^The request must contain at least one trait that is promoted to an identifier(;|$)/,
    );
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 400, message } });
  });
});

/** The patch is rejected before the profile is looked up. */
const patch: fc.Arbitrary<Step> = fc.tuple(fc.nat(20), misfit).map(([choice, { traits, code, place }]) =>
  step(`patch #${choice} ${JSON.stringify(traits)}, which is rejected`, async (model, { client, storeId }) => {
    const path = { storeId, profileId: anyId(model, choice) };
    const { status, body } = await client.send("patchProfileTraits", { path, body: { traits } });
    const message = expect.stringMatching(`^${place}: `);
    expect({ status, body }).toMatchObject({ status: 400, body: { code, message } });
  }),
);

/** One invalid item rejects the whole request. The following steps verify that no other item was applied. */
const bulk: fc.Arbitrary<Step> = fc
  .tuple(fc.array(personChanges, { maxLength: 3 }), misfit, personChanges)
  .map(([good, { traits, code, place }, after]) => {
    const profiles = [...good.map(traitsOf), traits, traitsOf(after)].map((each) => ({ traits: each }));
    return step(`bulk ${JSON.stringify(profiles)}, which is rejected`, async (_, { client, storeId }) => {
      const { status, body } = await client.send("updateProfilesBulk", { path: { storeId }, body: { profiles } });
      const message = expect.stringMatching(`^/profiles/${good.length}${place}: `);
      expect({ status, body }).toMatchObject({ status: 400, body: { code, message } });
    });
  });

export const rejectedSteps: readonly fc.Arbitrary<Step>[] = [create, createUnidentified, patch, bulk];
