import fc from "fast-check";
import { expect } from "vitest";
import { bodyOf } from "../support/keep-alive-client.ts";
import type { Model } from "./model.ts";
import { type Real, type Step, step } from "./step.ts";

type Order = "ASC" | "DESC";

interface List {
  readonly order: Order;
  readonly pageSize: number;
}

/** A list with further pages. */
export interface OpenList extends List {
  readonly nextToken: string;
  /** The last ID of the previous page. */
  readonly after: string;
}

/** Learns the IDs that no response contained. Profiles are listed in the order of their creation. */
export async function learnIds(model: Model, { client, storeId }: Real): Promise<void> {
  const response = await client.send("listProfiles", { path: { storeId }, query: { orderBy: "ASC", pageSize: 100 } });
  const { profiles } = bodyOf(response, 200);
  expect(profiles).toHaveLength(model.profiles.length);
  for (const [at, profile] of model.profiles.entries()) {
    const id = profiles[at];
    if (id !== undefined) model.learn(profile, id);
  }
}

/** Deletes the profiles of previous runs. */
export async function deleteAll({ client, storeId }: Real): Promise<void> {
  const { profiles } = bodyOf(await client.send("listProfiles", { path: { storeId }, query: { pageSize: 100 } }), 200);
  for (const profileId of profiles) bodyOf(await client.send("deleteProfile", { path: { storeId, profileId } }), 202);
}

const open: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom<Order>("ASC", "DESC"), fc.constantFrom(1, 2, 3, 1000))
  .map(([order, pageSize]) =>
    step(`list ${order} by ${pageSize}`, (model, real) => readPage(model, real, { order, pageSize })),
  );

/** Nothing is skipped or repeated, even after writes since the previous page. */
const nextPage: fc.Arbitrary<Step> = fc.constant(
  step("next page", async (model, real) => {
    if (real.openList) await readPage(model, real, real.openList, real.openList);
  }),
);

export const listSteps: readonly fc.Arbitrary<Step>[] = [open, nextPage, nextPage];

async function readPage(model: Model, real: Real, { order, pageSize }: List, from?: OpenList): Promise<void> {
  const list = { order, pageSize };
  const { profiles, meta } = await fetchPage(real, list, from?.nextToken);
  const all = model.profiles.map(({ id }) => String(id));
  if (order === "DESC") all.reverse();
  const isBehind = (id: string) => from !== undefined && (order === "ASC" ? id <= from.after : id >= from.after);
  const behind = all.filter(isBehind);
  const rest = all.slice(behind.length);

  expect(profiles).toEqual(rest.slice(0, pageSize));
  expect(meta).toEqual({
    key: "profiles",
    pageSize: Math.min(pageSize, 100),
    ...(rest.length > pageSize && { nextToken: expect.any(String) }),
    ...(behind.length > 0 && { previousToken: expect.any(String) }),
  });
  const { previousToken, nextToken } = meta;
  if (previousToken !== undefined) {
    const before = await fetchPage(real, list, previousToken);
    expect(before.profiles).toEqual(behind.slice(-pageSize));
  }
  const after = profiles.at(-1);
  real.openList = nextToken !== undefined && after !== undefined ? { ...list, nextToken, after } : undefined;
}

async function fetchPage({ client, storeId }: Real, { order, pageSize }: List, pageToken?: string) {
  const query = { orderBy: order, pageSize, ...(pageToken !== undefined && { pageToken }) };
  return bodyOf(await client.send("listProfiles", { path: { storeId }, query }), 200);
}
