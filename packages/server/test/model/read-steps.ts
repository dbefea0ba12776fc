import { operations, type ProfileId, type StoreId } from "@memory-api/types";
import fc from "fast-check";
import { expect } from "vitest";
import { type AnyResponse, bodyOf } from "../support/keep-alive-client.ts";
import type { Found, Model, ModelProfile } from "./model.ts";
import { anyId, type Real, type Step, step } from "./step.ts";

type Elsewhere = Exclude<Found, { readonly kind: "live" }>;

/** Checks the response for an ID that is not that of a live profile. */
export function expectElsewhere(
  { status, headers, body }: AnyResponse,
  found: Elsewhere,
  storeId: StoreId,
  redirect: 301 | 308,
): void {
  if (found.kind === "missing") {
    expect({ status, body }).toMatchObject({ status: 404, body: { code: 20404 } });
    return;
  }
  const { id } = found.profile;
  const path = operations.fetchProfile.path.replace("{storeId}", storeId).replace("{profileId}", String(id));
  const uri = expect.stringMatching(`^http://127\\.0\\.0\\.1:\\d+${path}$`);
  expect({ status, body }).toEqual({ status: redirect, body: { message: expect.any(String), uri } });
  expect(headers).toMatchObject({ location: uri, "canonical-profile-id": id });
}

/** Fetches a profile and compares it with the model. */
export async function expectProfile(
  model: Model,
  { client, storeId }: Real,
  profileId: ProfileId,
  groups?: readonly string[],
): Promise<void> {
  const query = groups && { traitGroups: groups.join(",") };
  const response = await client.send("fetchProfile", { path: { storeId, profileId }, ...(query && { query }) });
  const found = model.find(profileId);
  if (found.kind !== "live") return expectElsewhere(response, found, storeId, 301);
  const { profile } = found;
  const { createdAt, ...body } = bodyOf(response, 200);
  expect(body).toEqual({ id: profileId, traits: traitsOf(profile, groups) });
  profile.createdAt ??= createdAt;
  expect(createdAt).toBe(profile.createdAt);
}

function traitsOf({ traits }: ModelProfile, groups: readonly string[] | undefined) {
  const all: Record<string, Record<string, unknown>> = {};
  for (const [place, { value }] of traits) {
    const [group = "", name = ""] = place.split(".");
    if (value === null) continue;
    if (groups === undefined || groups.includes(group)) all[group] = { ...all[group], [name]: value };
  }
  return all;
}

const groupLists = fc.constantFrom(undefined, ["Contact"], ["Billing", "Contact"], ["Unknown"], ["Contact", "Unknown"]);

export const fetchStep: fc.Arbitrary<Step> = fc
  .tuple(fc.nat(20), groupLists)
  .map(([choice, groups]) =>
    step(`fetch #${choice} ${groups ?? ""}`, (model, real) => expectProfile(model, real, anyId(model, choice), groups)),
  );
