import type { Violation } from "../../findings/finding.ts";
import { jsonOf } from "../../http/exchange.ts";
import type { Call, Session } from "../../scenarios/session.ts";
import { GROUP } from "../model/people.ts";
import { readPages } from "./read-pages.ts";

/** A store may contain the profiles of many others, and others may write to it. */
export const MAX_PAGES = 20;
/** The same, for pages of a few IDs. */
export const MAX_SMALL_PAGES = 60;

/** A new profile of a person. */
export interface OwnProfile {
  readonly id: string;
  readonly email: string;
}

/** Creates a profile of a new person. Ends the scenario if that is rejected. */
export async function createOwn(session: Session, account?: Call["account"]): Promise<OwnProfile> {
  const { email } = session.person();
  const call = account === undefined ? {} : { account, path: { storeId: account?.storeId ?? "" } };
  const exchange = await session.send("createProfile", { body: { traits: { [GROUP]: { email } } }, ...call });
  const source = { kind: "contract", pointer: session.contract.operation("createProfile").pointer } as const;
  session.expectStatus("valid-request-rejected", "createProfile", exchange, [202], source);
  return { id: String(Object(jsonOf(exchange.response)).id), email };
}

/** Creates profiles one after the other, and waits until the list contains them. @returns them, oldest first */
export async function createListed(session: Session, count: number): Promise<OwnProfile[]> {
  const own: OwnProfile[] = [];
  for (let at = 0; at < count; at++) own.push(await createOwn(session));
  await untilListed(session, own);
  return own;
}

async function untilListed(session: Session, own: readonly OwnProfile[]): Promise<void> {
  const isListed = await session.eventually(async () => {
    const missing = new Set(own.map(({ id }) => id));
    for await (const { ids } of readPages(session, { pageSize: 100, maxPages: MAX_PAGES })) {
      for (const id of ids) missing.delete(id);
      if (missing.size === 0) return true;
    }
    return undefined;
  });
  if (isListed === true) return;
  session.fail(wrongPage(session, "profile-not-listed", "the new profiles on the first pages", "pages without them"));
}

export function wrongPage(session: Session, code: string, expected: string, received: string): Violation {
  const { pointer } = session.contract.operation("listProfiles");
  const source = { kind: "contract", pointer: `${pointer}/description` } as const;
  return { code, operationId: "listProfiles", expected, received, source };
}
