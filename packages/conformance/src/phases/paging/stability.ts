import type { Session } from "../../scenarios/session.ts";
import { GROUP } from "../model/people.ts";
import { createListed, createOwn, MAX_SMALL_PAGES, type OwnProfile, wrongPage } from "./own-profiles.ts";
import { readPages } from "./read-pages.ts";

const PAGE_SIZE = 3;

/** What is written between two pages. Profiles are numbered from the newest, in the order in which the pages return them. */
type Interruption = (session: Session, own: readonly OwnProfile[]) => Promise<readonly string[]>;

/** Each returns the IDs that the list must not contain any more. Numbers below 3 were returned, numbers above 5 were not. */
const INTERRUPTIONS: Readonly<Record<string, Interruption>> = {
  inserts: async (session) => {
    for (let at = 0; at < 4; at++) await createOwn(session);
    return [];
  },
  updates: async (session, own) => {
    const profileId = own[7]?.id ?? "";
    await session.send("patchProfileTraits", {
      path: { profileId },
      body: { traits: { [GROUP]: { city: "updated" } } },
    });
    return [];
  },
  "deletion-before": (session, own) => remove(session, own, [0, 1]),
  "deletion-of-last": (session, own) => remove(session, own, [2]),
  "deletion-after": (session, own) => remove(session, own, [4, 7]),
  "merge-before": (session, own) => merge(session, own, 0, 1),
  "merge-across": (session, own) => merge(session, own, 2, 7),
  "merge-after": (session, own) => merge(session, own, 4, 8),
};

/** Scenarios by name: paging is interrupted by writes, and skips and repeats nothing. */
export const STABILITY: readonly (readonly [string, (session: Session) => Promise<void>])[] = Object.entries(
  INTERRUPTIONS,
).map(([name, interrupt]) => [name, (session) => checkStability(session, interrupt)] as const);

async function checkStability(session: Session, interrupt: Interruption): Promise<void> {
  const own = (await createListed(session, 11)).reverse();
  const seen: string[] = [];
  let gone: readonly string[] | undefined;
  let isComplete = false;
  for await (const { ids, nextToken } of readPages(session, { pageSize: PAGE_SIZE, maxPages: MAX_SMALL_PAGES })) {
    const repeated = ids.find((id) => seen.includes(id));
    if (repeated !== undefined) session.fail(wrongPage(session, "paging-repeat", "each ID once", `${repeated} twice`));
    const dead = ids.find((id) => gone?.includes(id));
    // The list may lag.
    if (dead !== undefined && session.target.isImmediate) {
      const expected = `a page without ${dead}, which was merged or deleted`;
      session.fail(wrongPage(session, "dead-profile-paged", expected, ids.join(", ")));
    }
    seen.push(...ids);
    const hasBegun = own.slice(0, PAGE_SIZE).every(({ id }) => seen.includes(id));
    if (hasBegun && gone === undefined) gone = await interrupt(session, own);
    isComplete = nextToken === undefined || seen.includes(own.at(-1)?.id ?? "");
    if (isComplete) break;
  }
  if (!isComplete)
    return session.note(`The list was read to page ${MAX_SMALL_PAGES} only, because others write to the store.`);
  const skipped = own.find(({ id }) => !seen.includes(id) && !gone?.includes(id));
  if (skipped !== undefined) {
    session.report(wrongPage(session, "paging-gap", `${skipped.id} on a page`, "pages without it"));
  }
}

async function remove(session: Session, own: readonly OwnProfile[], numbers: readonly number[]): Promise<string[]> {
  const ids = numbers.map((number) => own[number]?.id ?? "");
  for (const profileId of ids) await session.send("deleteProfile", { path: { profileId } });
  return ids;
}

/** The profile with the greater number was created first, and survives. */
async function merge(session: Session, own: readonly OwnProfile[], newer: number, older: number): Promise<string[]> {
  const { phone } = session.person();
  for (const profile of [own[newer], own[older]]) {
    await session.send("createProfile", { body: { traits: { [GROUP]: { email: profile?.email, phone } } } });
  }
  return [own[newer]?.id ?? ""];
}
