import type { OperationId } from "@memory-api/types";
import type { Contract } from "../../contract/contract.ts";
import { type Exchange, headerOf, jsonOf } from "../../http/exchange.ts";
import { callOfNothing } from "../../scenarios/calls.ts";
import { expectRejection, isInconclusive, sendUnusual } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { basic, describeResponse, type Session } from "../../scenarios/session.ts";
import type { Account } from "../../target.ts";

const UNAUTHORIZED = "/components/responses/Unauthorized";
/** A shorter text may be part of any body. */
const MIN_SECRET = 8;
const UNKNOWN_USER = "an unknown user";
const WRONG_SECRET = "a wrong secret";

/** Sends invalid credentials to an operation, and valid ones in an unusual form. */
export function credentialsScenario(contract: Contract, id: OperationId): Scenario {
  const isWriting = contract.operation(id).method !== "GET";
  return { name: `authentication/${id}/credentials`, isWriting, run: (session) => credentials(session, id) };
}

async function credentials(session: Session, id: OperationId): Promise<void> {
  const rejected = new Map<string, Exchange>();
  for (const [subject, authorization] of Object.entries(invalidCredentials(session.target))) {
    const { headers, ...request } = session.requestOf(id, { ...callOfNothing(session, id), account: null });
    const sent = authorization === undefined ? headers : { ...headers, Authorization: authorization };
    const exchange = await sendUnusual(session, { ...request, headers: sent }, subject, id);
    if (expectUnauthorized(session, id, exchange, subject)) rejected.set(subject, exchange);
  }
  compare(session, id, rejected.get(UNKNOWN_USER), rejected.get(WRONG_SECRET));
  const [, token] = basic(session.target.account).split(" ");
  for (const scheme of ["basic", "BASIC"]) {
    const headers = { Authorization: `${scheme} ${token}` };
    const exchange = await session.send(id, { ...callOfNothing(session, id), headers });
    if (exchange.response.status !== 401) continue;
    const source = { kind: "standard", section: "RFC 9110, section 11.1" } as const;
    const violation = { code: "valid-request-rejected", operationId: id, subject: `the scheme ${scheme}` };
    const expected = "access: a scheme is not case-sensitive";
    session.report({ ...violation, expected, received: describeResponse(exchange), source }, [exchange]);
  }
}

/** Values of `Authorization` that give no access, by description. */
function invalidCredentials({
  account,
  otherAccount,
}: {
  account: Account;
  otherAccount?: Account;
}): Readonly<Record<string, string | undefined>> {
  const { username, password } = account;
  const token = (text: string) => Buffer.from(text).toString("base64");
  const swapped = password.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
  return {
    "no credentials": undefined,
    [WRONG_SECRET]: basic({ ...account, password: `${password}x` }),
    "the beginning of the secret": basic({ ...account, password: password.slice(0, -1) }),
    "an empty secret": basic({ ...account, password: "" }),
    ...(swapped !== password && { "a secret in another case": basic({ ...account, password: swapped }) }),
    [UNKNOWN_USER]: basic({ ...account, username: `SK${"f".repeat(32)}` }),
    "an empty user": basic({ ...account, username: "" }),
    "a user with a space": basic({ ...account, username: `${username} ` }),
    ...(otherAccount && {
      "the secret of another account": basic({ ...account, password: otherAccount.password }),
    }),
    "another scheme": `Bearer ${token(`${username}:${password}`)}`,
    "a scheme that begins with Basic": `BasicAuth ${token(`${username}:${password}`)}`,
    "no scheme": token(`${username}:${password}`),
    "no token": "Basic",
    "a token that is not Base64": "Basic !!!",
    "a token without a colon": `Basic ${token(username + password)}`,
    "credentials that are not encoded": `Basic ${username}:${password}`.replaceAll(/[^\x20-\x7e]/g, ""),
  };
}

function expectUnauthorized(session: Session, operationId: OperationId, exchange: Exchange, because: string): boolean {
  if (isInconclusive(exchange)) return false;
  const source = { kind: "contract", pointer: UNAUTHORIZED } as const;
  const rejection = { operationId, subject: "credentials", because, statuses: [401], codes: [20003], source };
  const code = "unauthenticated-access";
  if (!expectRejection(session, exchange, { ...rejection, ifAccepted: code, ifOther: code })) return false;
  const challenge = headerOf(exchange.response, "www-authenticate");
  if (!/^basic\b/i.test(challenge ?? "")) {
    const received = challenge === undefined ? "no WWW-Authenticate" : `WWW-Authenticate: ${challenge}`;
    const violation = { code: "missing-challenge", operationId, expected: "WWW-Authenticate: Basic", received };
    session.report({ ...violation, source: { kind: "standard", section: "RFC 9110, section 11.6.1" } }, [exchange]);
  }
  const [, token = ""] = String(exchange.request.headers["Authorization"] ?? "").split(" ");
  const secrets = [session.target.account.password, token].filter((secret) => secret.length >= MIN_SECRET);
  const body = Buffer.from(exchange.response.body);
  if (secrets.some((secret) => body.includes(secret))) {
    const expected = "a body without the secret";
    const violation = { code: "credentials-revealed", operationId, expected, received: "a body that contains it" };
    session.report({ ...violation, source }, [exchange]);
  }
  return true;
}

function compare(session: Session, operationId: OperationId, user?: Exchange, secret?: Exchange): void {
  if (user === undefined || secret === undefined) return;
  const [one, other] = [user, secret].map(({ response }) => {
    const { code, message } = Object(jsonOf(response));
    return JSON.stringify({ code, message });
  });
  if (one === other) return;
  session.report(
    {
      ...{
        code: "credentials-revealed",
        operationId,
        expected: "the same body for an unknown user and a wrong secret",
      },
      received: `${one} and ${other}`,
      source: { kind: "contract", pointer: UNAUTHORIZED },
    },
    [user, secret],
  );
}
