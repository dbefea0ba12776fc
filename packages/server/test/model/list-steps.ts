import fc from "fast-check";
import { expect } from "vitest";
import { bodyOf } from "../support/keep-alive-client.ts";
import type { Model } from "./model.ts";
import { type Real, type Step, step } from "./step.ts";

type Order = "ASC" | "DESC";

/** Where the reading of a list stands. */
export interface OpenList {
  readonly order: Order;
  readonly pageSize: number;
  readonly pageToken?: string;
  /** The last ID of the page before. */
  readonly after?: string;
}

/** Learns the IDs of profiles that no answer told: they are listed in the order of their creation. */
export async function learnIds(model: Model, { client, storeId }: Real): Promise<void> {
  const answer = await client.send("listProfiles", { path: { storeId }, query: { orderBy: "ASC", pageSize: 100 } });
  const { profiles } = bodyOf(answer, 200);
  expect(profiles).toHaveLength(model.profiles.length);
  for (const [at, profile] of model.profiles.entries()) {
    const id = profiles[at];
    if (id !== undefined) model.learn(profile, id);
  }
}

/** Leaves nothing of what was there before. */
export async function deleteAll({ client, storeId }: Real): Promise<void> {
  const { profiles } = bodyOf(await client.send("listProfiles", { path: { storeId }, query: { pageSize: 100 } }), 200);
  for (const profileId of profiles) bodyOf(await client.send("deleteProfile", { path: { storeId, profileId } }), 202);
}

const open: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom<Order>("ASC", "DESC"), fc.constantFrom(1, 2, 3, 1000))
  .map(([order, pageSize]) =>
    step(`list ${order} by ${pageSize}`, (model, real) => readPage(model, real, { order, pageSize })),
  );

/** Whatever was written since the page before, nothing is skipped and nothing repeated. */
const goOn: fc.Arbitrary<Step> = fc.constant(
  step("next page", async (model, real) => {
    if (real.openList) await readPage(model, real, real.openList);
  }),
);

export const listSteps: readonly fc.Arbitrary<Step>[] = [open, goOn, goOn];

async function readPage(model: Model, real: Real, list: OpenList): Promise<void> {
  const { order, pageSize, pageToken, after } = list;
  const { client, storeId } = real;
  const query = { orderBy: order, pageSize, ...(pageToken !== undefined && { pageToken }) };
  const { profiles, meta } = bodyOf(await client.send("listProfiles", { path: { storeId }, query }), 200);

  const all = model.profiles.map(({ id }) => String(id));
  if (order === "DESC") all.reverse();
  const isBehind = (id: string) => after !== undefined && (order === "ASC" ? id <= after : id >= after);
  const rest = all.filter((id) => !isBehind(id));
  const expected = rest.slice(0, pageSize);
  expect(profiles).toEqual(expected);
  expect(meta).toEqual({
    key: "profiles",
    pageSize: Math.min(pageSize, 100),
    ...(rest.length > pageSize && { nextToken: expect.any(String) }),
    ...(all.some(isBehind) && { previousToken: expect.any(String) }),
  });
  if (meta.previousToken !== undefined && after !== undefined)
    await expectPageBefore(real, list, meta.previousToken, all.filter(isBehind));
  const last = expected.at(-1);
  const { nextToken } = meta;
  real.openList =
    nextToken === undefined || last === undefined ? undefined : { order, pageSize, pageToken: nextToken, after: last };
}

async function expectPageBefore(
  { client, storeId }: Real,
  { order, pageSize }: OpenList,
  pageToken: string,
  before: readonly string[],
): Promise<void> {
  const query = { orderBy: order, pageSize, pageToken };
  const { profiles } = bodyOf(await client.send("listProfiles", { path: { storeId }, query }), 200);
  expect(profiles).toEqual(before.slice(-pageSize));
}
