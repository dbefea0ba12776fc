import { bounds } from "@memory-api/types";
import type { Violation } from "../../findings/finding.ts";
import type { Session } from "../../scenarios/session.ts";
import { readPages } from "../paging/read-pages.ts";

/** A store may contain the profiles of many others. */
const MAX_PAGES = 10;

export interface ExpectedList {
  /** IDs in the order of their creation. */
  readonly live: readonly string[];
  /** Merged and deleted IDs. */
  readonly dead: readonly string[];
}

/** Looks for profiles among the newest ones of the store. @returns what is wrong; `undefined` if nothing is */
export async function checkList(session: Session, { live, dead }: ExpectedList): Promise<Violation | undefined> {
  const missing = new Set(live);
  const listed: string[] = [];
  let isComplete = true;
  const options = { pageSize: bounds.ListProfilesResponse.profiles.maxItems, maxPages: MAX_PAGES };
  for await (const page of readPages(session, options)) {
    listed.push(...page.ids);
    for (const id of page.ids) missing.delete(id);
    isComplete = page.nextToken === undefined;
    if (missing.size === 0) break;
  }
  const wrong = (code: string, expected: string, received: string): Violation => ({
    code,
    operationId: "listProfiles",
    expected,
    received,
    source: { kind: "contract", pointer: `${session.contract.operation("listProfiles").pointer}/description` },
  });
  const listedDead = dead.find((id) => listed.includes(id));
  if (listedDead !== undefined)
    return wrong("dead-profile-listed", `a list without ${listedDead}`, "a list that contains it");
  // If the pages that were read end before an ID, nothing is known about it.
  const oldest = live.findIndex((id) => listed.includes(id));
  const skipped = live.find((id, at) => missing.has(id) && (isComplete || (oldest !== -1 && at > oldest)));
  if (skipped !== undefined) return wrong("profile-not-listed", `a list that contains ${skipped}`, "a list without it");
  return undefined;
}
