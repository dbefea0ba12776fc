import type { OperationId } from "@memory-api/types";
import type { Contract } from "../../contract/contract.ts";
import { type Exchange, jsonOf } from "../../http/exchange.ts";
import { callOfNothing, simpleCall } from "../../scenarios/calls.ts";
import { createPerson } from "../../scenarios/people.ts";
import { expectRejection } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import type { Account } from "../../target.ts";

const FORBIDDEN = { kind: "contract", pointer: "/components/responses/Forbidden" } as const;
const DESCRIPTION = { kind: "contract", pointer: "/info/description" } as const;

/** Sends the credentials of each of two accounts to the store of the other one. */
export function foreignStoreScenario(contract: Contract, id: OperationId): Scenario {
  return {
    name: `authentication/${id}/foreign-store`,
    isWriting: contract.operation(id).method !== "GET",
    run: async (session) => {
      const other = otherAccountOf(session);
      const { account } = session.target;
      const directions: readonly [string, Account, Account][] = [
        ["the store of another account", account, other],
        ["the credentials of another account", other, account],
      ];
      for (const [subject, caller, owner] of directions) {
        const call = callOfNothing(session, id);
        const path = { ...call.path, storeId: owner.storeId };
        const exchange = await session.send(id, { ...call, path, account: caller });
        const rejection = { operationId: id, subject, statuses: [403], codes: [403], source: FORBIDDEN };
        expectRejection(session, exchange, { ...rejection, ifAccepted: "foreign-access", ifOther: "foreign-access" });
      }
    },
  };
}

/** Uses what belongs to another store in the store of the account. */
export const crossStoreScenarios: readonly Scenario[] = [
  { name: "authentication/cross-store/profile", isWriting: true, run: foreignProfile },
  { name: "authentication/cross-store/import", isWriting: true, run: foreignImport },
  { name: "authentication/cross-store/identifier", isWriting: true, run: sharedIdentifier },
  { name: "authentication/cross-store/list", isWriting: true, run: foreignList },
  { name: "authentication/cross-store/page-token", isWriting: true, run: foreignToken },
];

async function foreignProfile(session: Session): Promise<void> {
  const { account } = session.target;
  const other = otherAccountOf(session);
  for (const [owner, caller] of [
    [other, account],
    [account, other],
  ] as const) {
    const { profileId, exchange: creation } = await createPerson(session, {}, owner);
    for (const id of ["fetchProfile", "patchProfileTraits", "deleteProfile"] as const) {
      const path = { storeId: caller.storeId, profileId };
      const exchange = await session.send(id, { ...callOfNothing(session, id), path, account: caller });
      expectUnknown(session, id, exchange, "a profile of another store", [creation, exchange]);
    }
    const after = await session.eventually(async () => {
      const path = { storeId: owner.storeId, profileId };
      const found = await session.send("fetchProfile", { path, account: owner });
      return found.response.status === 404 ? undefined : found;
    });
    if (after !== undefined) continue;
    session.report({
      ...{ code: "cross-store-access", operationId: "deleteProfile", subject: "a profile of another store" },
      ...{ expected: "that the profile remains in its store", received: "status 404", source: DESCRIPTION },
    });
  }
}

/** Profiles of different stores never merge, and share no identifiers. */
async function sharedIdentifier(session: Session): Promise<void> {
  const other = otherAccountOf(session);
  const { profileId, traits, exchange } = await createPerson(session, {}, other);
  const created = await session.send("createProfile", { body: { traits } });
  const received = Object(jsonOf(created.response)).id;
  if (received !== profileId) return;
  const subject = "an identifier of another store";
  const expected = "a profile of its own";
  session.report(
    { code: "cross-store-access", operationId: "createProfile", subject, expected, received, source: DESCRIPTION },
    [exchange, created],
  );
}

async function foreignList(session: Session): Promise<void> {
  const other = otherAccountOf(session);
  const { profileId, exchange } = await createPerson(session, {}, other);
  const page = await session.send("listProfiles");
  if (!JSON.stringify(jsonOf(page.response) ?? "").includes(profileId)) return;
  const subject = "a profile of another store";
  const violation = { code: "cross-store-access", operationId: "listProfiles", subject, source: DESCRIPTION } as const;
  session.report({ ...violation, expected: "profiles of the store only", received: profileId }, [exchange, page]);
}

async function foreignImport(session: Session): Promise<void> {
  const other = otherAccountOf(session);
  const { body } = await simpleCall(session, "createProfilesImportV2");
  const path = { storeId: other.storeId };
  const created = await session.send("createProfilesImportV2", { path, account: other, body });
  const importId = String(Object(jsonOf(created.response)).importId);
  const exchange = await session.send("fetchProfileImportV2", { path: { importId } });
  const subject = "an import of another store";
  expectUnknown(session, "fetchProfileImportV2", exchange, subject, [created, exchange]);
  const list = await session.send("listProfileImportsV2");
  if (!JSON.stringify(jsonOf(list.response) ?? "").includes(importId)) return;
  const violation = { code: "cross-store-access", operationId: "listProfileImportsV2", subject } as const;
  session.report({ ...violation, source: DESCRIPTION, expected: "imports of the store only", received: importId }, [
    created,
    list,
  ]);
}

async function foreignToken(session: Session): Promise<void> {
  const other = otherAccountOf(session);
  for (let count = 0; count < 2; count++) await createPerson(session, {}, other);
  const path = { storeId: other.storeId };
  const page = await session.eventually(async () => {
    const found = await session.send("listProfiles", { path, account: other, query: { pageSize: 1 } });
    return tokenOf(found) === undefined ? undefined : found;
  });
  const pageToken = page && tokenOf(page);
  if (page === undefined || pageToken === undefined) return;
  const exchange = await session.send("listProfiles", { query: { pageSize: 1, pageToken } });
  const source = { kind: "contract", pointer: "/components/parameters/PageToken" } as const;
  const rejection = { operationId: "listProfiles", subject: "a page token of another store", statuses: [400] } as const;
  expectRejection(session, exchange, { ...rejection, codes: [400], source, ifAccepted: "cross-store-access" }, [
    page,
    exchange,
  ]);
}

function expectUnknown(
  session: Session,
  operationId: OperationId,
  exchange: Exchange,
  subject: string,
  evidence: readonly Exchange[],
): void {
  const rejection = { operationId, subject, statuses: [404], codes: [20404], source: DESCRIPTION };
  const code = "cross-store-access";
  expectRejection(session, exchange, { ...rejection, ifAccepted: code, ifOther: code }, evidence);
}

function tokenOf({ response }: Exchange): string | undefined {
  const { nextToken } = Object(Object(jsonOf(response)).meta);
  return typeof nextToken === "string" ? nextToken : undefined;
}

function otherAccountOf(session: Session): Account {
  return (
    session.target.otherAccount ??
    session.notRun("the scenario needs the store and credentials of a second account: set --other-store")
  );
}
