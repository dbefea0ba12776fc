import { describeResponse, type Session } from "../../scenarios/session.ts";
import { createListed, createOwn, wrongPage } from "./own-profiles.ts";
import { readPage } from "./read-pages.ts";

/** Tokens that the implementation did not issue for the list. */
export async function checkTokens(session: Session): Promise<void> {
  const token = await nextToken(session);
  if (token === undefined) return;
  await expectRepeatable(session, token);
  await expectRejection(session, "a token that it did not issue", { pageToken: "forged" });
  const forged = Buffer.from(JSON.stringify({ offset: 1, id: "mem_profile_00000000000000000000000000" }));
  await expectRejection(session, "a token that it did not issue", { pageToken: forged.toString("base64url") });
  // Not the last character, some bits of which may have no meaning.
  for (const place of [0.25, 0.5, 0.75]) {
    const pageToken = alter(token, Math.floor(token.length * place));
    await expectRejection(session, "a token of which one character was altered", { pageToken });
  }
  await expectRejection(session, "a token of the other order", { pageToken: token, orderBy: "ASC" });
}

/** A token of the store of another account. */
export async function checkForeignToken(session: Session): Promise<void> {
  const { otherAccount } = session.target;
  if (otherAccount === undefined)
    return session.note("Tokens of another store were not tested without another account.");
  for (let at = 0; at < 2; at++) await createOwn(session, otherAccount);
  const token = await nextToken(session, otherAccount);
  if (token !== undefined) await expectRejection(session, "a token of another store", { pageToken: token });
}

/** The token of the second page of a list that has one. */
async function nextToken(session: Session, account?: Session["target"]["account"]): Promise<string | undefined> {
  if (account === undefined) await createListed(session, 2);
  return session.eventually(async () => {
    const page = await readPage(session, { pageSize: 1, ...(account && { account }) });
    return page.nextToken;
  });
}

/** A caller may repeat a list of which it got no response, so a token must be valid more than once. */
async function expectRepeatable(session: Session, pageToken: string): Promise<void> {
  const { pointer } = session.contract.operation("listProfiles");
  const source = { kind: "contract", pointer: `${pointer}/x-repeatable` } as const;
  for (let at = 0; at < 2; at++) {
    const exchange = await session.send("listProfiles", { query: { pageSize: 1, pageToken } });
    session.expectStatus("page-token-not-repeatable", "listProfiles", exchange, [200], source);
  }
}

async function expectRejection(
  session: Session,
  what: string,
  query: { readonly pageToken: string; readonly orderBy?: "ASC" },
): Promise<void> {
  const exchange = await session.send("listProfiles", { query });
  if (exchange.response.status === 400) return;
  session.report(wrongPage(session, "invalid-token-accepted", `status 400 for ${what}`, describeResponse(exchange)));
}

/** Replaces the first letter or digit from a place on, or before it. */
function alter(token: string, place: number): string {
  const found = token.slice(place).search(/[a-z0-9]/i);
  const at = found === -1 ? token.search(/[a-z0-9]/i) : place + found;
  const other = token[at] === "m" ? "Q" : "m";
  return token.slice(0, at) + other + token.slice(at + 1);
}
