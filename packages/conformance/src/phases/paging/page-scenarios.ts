import { bounds } from "@memory-api/types";
import { jsonOf } from "../../http/exchange.ts";
import type { Session } from "../../scenarios/session.ts";
import { GROUP } from "../model/people.ts";
import { createListed, MAX_PAGES, MAX_SMALL_PAGES, wrongPage } from "./own-profiles.ts";
import { type Page, readPage, readPages } from "./read-pages.ts";

const MAX_ITEMS = bounds.ListProfilesResponse.profiles.maxItems;

/** The number of IDs on a page, and what `meta` says about it. */
export async function checkPageSize(session: Session): Promise<void> {
  await createListed(session, 5);
  const one = await readPage(session, { pageSize: 1 });
  const three = await readPage(session, { pageSize: 3 });
  // Others may write to the store meanwhile, so pages that ignore it can differ.
  if (one.ids.length === three.ids.length || one.ids.length > 3) {
    const received = `${one.ids.length} and ${three.ids.length} IDs`;
    session.fail(wrongPage(session, "page-size-ignored", "at most 1 and 3 IDs", received));
  }
  checkMeta(session, one, 1);
  checkMeta(session, three, 3);
  // A later page can have another size.
  if (three.nextToken !== undefined)
    checkMeta(session, await readPage(session, { pageSize: 1, pageToken: three.nextToken }), 1);
  // One more than a page may have.
  const profiles = Array.from({ length: MAX_ITEMS + 1 }, () => ({
    traits: { [GROUP]: { email: session.person().email } },
  }));
  await session.send("updateProfilesBulk", { body: { profiles } });
  const page = await session.eventually(async () => {
    const found = await readPage(session, { pageSize: bounds.PageSize.maximum });
    return found.ids.length >= MAX_ITEMS || found.nextToken !== undefined ? found : undefined;
  });
  if (page === undefined) {
    session.fail(wrongPage(session, "profile-not-listed", `${MAX_ITEMS + 1} new profiles`, "a shorter list"));
  }
  checkMeta(session, page, MAX_ITEMS);
  checkMeta(session, await readPage(session, {}), bounds.PageSize.default);
}

function checkMeta(session: Session, { ids, key, pageSize, nextToken }: Page, maximum: number): void {
  const report = (code: string, expected: string, received: string) =>
    session.report(wrongPage(session, code, expected, received));
  if (ids.length > maximum) report("page-too-large", `at most ${maximum} IDs`, `${ids.length} IDs`);
  if (key !== "profiles") report("wrong-page-meta", 'key "profiles"', `key ${JSON.stringify(key)}`);
  if (ids.length > Number(pageSize))
    report("wrong-page-meta", `pageSize of at least ${ids.length}`, `pageSize ${pageSize}`);
  if (Number(pageSize) > maximum) report("wrong-page-meta", `pageSize of at most ${maximum}`, `pageSize ${pageSize}`);
  if (nextToken === undefined)
    report("paging-gap", "a token of the next page", "no nextToken, although there are more profiles");
}

/** Tokens are absent at both ends, and every other page has IDs that no page before had. */
export async function checkEnds(session: Session): Promise<void> {
  await createListed(session, 3);
  for (const orderBy of ["ASC", "DESC"] as const) {
    const { previousToken } = await readPage(session, { pageSize: 2, orderBy });
    if (previousToken !== undefined) {
      const expected = "no previousToken on the first page";
      session.report(wrongPage(session, "page-token-at-end", expected, `a previousToken in the order ${orderBy}`));
    }
  }
  const seen = new Set<string>();
  for await (const { ids } of readPages(session, { pageSize: MAX_ITEMS, maxPages: MAX_PAGES })) {
    if (ids.length === 0) {
      const expected = "no nextToken on the last page";
      session.report(wrongPage(session, "page-token-at-end", expected, "a nextToken that returns an empty page"));
    }
    const repeated = ids.find((id, at) => seen.has(id) || ids.indexOf(id) !== at);
    if (repeated !== undefined) {
      session.fail(wrongPage(session, "paging-repeat", "each ID once", `${repeated} twice`));
    }
    for (const id of ids) seen.add(id);
  }
}

/** IDs are in the order of `createdAt`, oldest first for `ASC` and newest first otherwise. */
export async function checkOrder(session: Session): Promise<void> {
  const own = await createListed(session, 5);
  const createdAt = new Map<string, number>();
  for (const { id } of own) createdAt.set(id, await createdAtOf(session, id));
  for (const orderBy of [undefined, "DESC", "ASC"] as const) {
    const listed: string[] = [];
    const options = { pageSize: MAX_ITEMS, maxPages: MAX_PAGES, ...(orderBy && { orderBy }) };
    for await (const { ids } of readPages(session, options)) {
      // The oldest ones of the store are somebody else's.
      if (listed.length === 0 && orderBy === "ASC") listed.push(...ids.slice(0, 5));
      listed.push(...ids.filter((id) => createdAt.has(id) && !listed.includes(id)));
      if (own.every(({ id }) => listed.includes(id))) break;
    }
    const times: number[] = [];
    for (const id of listed) times.push(createdAt.get(id) ?? (await createdAtOf(session, id)));
    const known = times.filter((time) => !Number.isNaN(time));
    const ascending = orderBy === "ASC" ? known : known.reverse();
    if (ascending.every((time, at) => at === 0 || time >= (ascending[at - 1] ?? 0))) continue;
    const received = `${listed.join(", ")}, created at ${times.map((time) => new Date(time).toISOString()).join(", ")}`;
    session.report(
      wrongPage(session, "wrong-order", `the order ${orderBy ?? "DESC, the default"}`, received.slice(0, 1000)),
    );
  }
}

/** @returns milliseconds since 1970; `NaN` if the profile cannot be read */
async function createdAtOf(session: Session, profileId: string): Promise<number> {
  const { response } = await session.send("fetchProfile", { path: { profileId } });
  return Date.parse(String(Object(jsonOf(response)).createdAt));
}

/** `previousToken` leads back over the same profiles. */
export async function checkPrevious(session: Session): Promise<void> {
  const own = (await createListed(session, 6)).map(({ id }) => id);
  let before: Page | undefined;
  for await (const page of readPages(session, { pageSize: 2, maxPages: MAX_SMALL_PAGES })) {
    if (before !== undefined) await checkPreviousOf(session, page, before, own);
    before = page;
    if (page.ids.includes(own[0] ?? "")) return;
  }
  session.note(`The list was read to page ${MAX_SMALL_PAGES} only, because others write to the store.`);
}

async function checkPreviousOf(session: Session, page: Page, before: Page, own: readonly string[]): Promise<void> {
  // Others may have deleted profiles of theirs.
  const expected = before.ids.filter((id) => own.includes(id));
  if (expected.length === 0) return;
  const wrong = (received: string) =>
    session.fail(wrongPage(session, "wrong-previous-page", `the IDs ${before.ids.join(", ")}`, received));
  if (page.previousToken === undefined) return wrong("no previousToken");
  const previous = await readPage(session, { pageSize: 2, pageToken: page.previousToken });
  const found = previous.ids.filter((id) => expected.includes(id));
  const isSame = expected.every((id, index) => found[index] === id);
  if (!isSame || previous.ids.some((id) => page.ids.includes(id))) wrong(previous.ids.join(", ") || "no ID");
}
