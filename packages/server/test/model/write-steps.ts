import fc from "fast-check";
import { expect } from "vitest";
import { bodyOf } from "../support/keep-alive-client.ts";
import { patchChanges, personChanges, traitsOf } from "./changes.ts";
import { learnIds } from "./list-steps.ts";
import { expectElsewhere } from "./read-steps.ts";
import { anyId, type Step, step } from "./step.ts";

const create: fc.Arbitrary<Step> = personChanges.map((changes) => {
  const traits = traitsOf(changes);
  return step(`create ${JSON.stringify(traits)}`, async (model, { client, storeId }) => {
    const response = await client.send("createProfile", { path: { storeId }, body: { traits } });
    model.learn(model.upsert(changes), bodyOf(response, 202).id);
  });
});

const bulk: fc.Arbitrary<Step> = fc.array(personChanges, { minLength: 1, maxLength: 5 }).map((people) => {
  const profiles = people.map((changes) => ({ traits: traitsOf(changes) }));
  return step(`bulk ${JSON.stringify(profiles)}`, async (model, real) => {
    const { client, storeId } = real;
    bodyOf(await client.send("updateProfilesBulk", { path: { storeId }, body: { profiles } }), 202);
    for (const changes of people) model.upsert(changes);
    await learnIds(model, real);
  });
});

const patch: fc.Arbitrary<Step> = fc.tuple(fc.nat(20), patchChanges).map(([choice, changes]) => {
  const traits = traitsOf(changes);
  return step(`patch #${choice} ${JSON.stringify(traits)}`, async (model, { client, storeId }) => {
    const profileId = anyId(model, choice);
    const response = await client.send("patchProfileTraits", { path: { storeId, profileId }, body: { traits } });
    const found = model.find(profileId);
    if (found.kind !== "live") return expectElsewhere(response, found, storeId, 308);
    expect(bodyOf(response, 202)).toEqual({ message: expect.any(String) });
    model.patch(found.profile, changes);
  });
});

const remove: fc.Arbitrary<Step> = fc.nat(20).map((choice) =>
  step(`delete #${choice}`, async (model, { client, storeId }) => {
    const profileId = anyId(model, choice);
    const response = await client.send("deleteProfile", { path: { storeId, profileId } });
    const found = model.find(profileId);
    if (found.kind !== "live") return expectElsewhere(response, found, storeId, 308);
    expect(bodyOf(response, 202)).toEqual({ message: expect.any(String) });
    model.delete(found.profile);
  }),
);

export const writeSteps: readonly fc.Arbitrary<Step>[] = [create, create, bulk, patch, patch, remove];
