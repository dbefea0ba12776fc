import type { OperationId } from "@memory-api/types";
import type { Contract } from "../../contract/contract.ts";
import { headerOf, jsonOf } from "../../http/exchange.ts";
import { callOfNothing, UNKNOWN_IDS } from "../../scenarios/calls.ts";
import { expectRejection, isInconclusive, sendUnusual } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { basic, type Session } from "../../scenarios/session.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];
const DESCRIPTION = { kind: "contract", pointer: "/info/description" } as const;

/** Paths that the contract does not have, and that a service is unlikely to have beside it. */
const UNKNOWN_PATHS: Readonly<Record<string, string>> = {
  "another-collection": "/v1/Stores/{storeId}/Profile",
  "below-a-profile": "/v1/Stores/{storeId}/Profiles/{profileId}/Unknown",
  "below-bulk": "/v1/Stores/{storeId}/Profiles/Bulk/Unknown",
  "below-an-import": "/v1/Stores/{storeId}/Profiles/Imports/{importId}/Unknown",
  "another-version": "/v0/Stores/{storeId}/Profiles",
  "another-root": "/conformance-unknown",
};

export function routeScenarios(contract: Contract): readonly Scenario[] {
  const unknown = Object.entries(UNKNOWN_PATHS).map(([name, path]): Scenario => {
    return {
      name: `protocol/unknown-route/${name}`,
      isWriting: false,
      run: (session) => expectNotFound(session, path),
    };
  });
  const paths = [...new Set([...contract.operations.values()].map(({ path }) => path))];
  const wrong = paths.flatMap((path) => {
    const supported = [...contract.operations.values()].filter((entry) => entry.path === path);
    const methods = METHODS.filter((method) => supported.every((entry) => entry.method !== method));
    return methods.map((method): Scenario => {
      const name = `protocol/wrong-method${path.replaceAll(/[{}]/g, "")}/${method}`;
      const isWriting = !SAFE_METHODS.includes(method) || supported.some(({ isAuthenticated }) => !isAuthenticated);
      return { name, isWriting, run: (session) => expectMethodNotAllowed(session, path, method) };
    });
  });
  const spelled = Object.keys(OTHER_SPELLINGS).map((spelling): Scenario => {
    const name = `protocol/spelling/${spelling.replaceAll(" ", "-")}`;
    return { name, isWriting: false, run: (session) => expectOneSpelling(session, spelling) };
  });
  return [...unknown, ...spelled, ...wrong];
}

/** Paths that are spelled in another way than in the contract. A service may redirect, but must not serve them. */
const OTHER_SPELLINGS: Readonly<Record<string, (path: string) => string>> = {
  "a slash at the end": (path) => `${path}/`,
  "another case": (path) => path.replace("/Stores/", "/stores/"),
};

async function expectOneSpelling(session: Session, name: string): Promise<void> {
  const { url, ...request } = session.requestOf("listProfiles");
  const { pathname, origin } = new URL(url);
  const changed = `${origin}${OTHER_SPELLINGS[name]?.(pathname)}`;
  const exchange = await sendUnusual(session, { ...request, url: changed }, name);
  if (exchange.response.status >= 300) return;
  const rejection = { subject: name, statuses: [404], source: DESCRIPTION, ifAccepted: "wrong-route-response" };
  expectRejection(session, exchange, rejection);
}

async function expectNotFound(session: Session, path: string): Promise<void> {
  const url = session.target.baseUrl + filled(session, path);
  for (const method of session.target.isReadOnly ? ["GET"] : ["GET", "POST"]) {
    const headers = { Authorization: basic(session.target.account) };
    const exchange = await sendUnusual(session, { method, url, headers }, "unknown route");
    const codes = [20404];
    const rejection = { subject: "unknown route", statuses: [404], codes, source: DESCRIPTION };
    expectRejection(session, exchange, {
      ...rejection,
      ifAccepted: "wrong-route-response",
      ifOther: "wrong-route-response",
    });
  }
}

async function expectMethodNotAllowed(session: Session, path: string, method: string): Promise<void> {
  const { contract, target } = session;
  const operations = [...contract.operations.values()];
  const here = operations.filter((entry) => entry.path === path);
  const [first] = here;
  if (first === undefined) return;
  if (!first.isAuthenticated && !(await servesUploads(session, path))) {
    session.notRun("the upload URL leads to another server or path, where the contract does not apply");
  }
  // A templated path that also matches may support the method.
  const shadowing = operations.find(
    (entry) => entry.method === method && entry.path !== path && matches(entry.path, path),
  );
  const isShadowed = shadowing !== undefined;
  const call = isShadowed ? callOfNothing(session, shadowing.id) : {};
  const { headers, body } = session.requestOf(shadowing?.id ?? first.id, call);
  const { Authorization: _, ...others } = headers;
  const authorization = first.isAuthenticated && { Authorization: basic(target.account) };
  const request = {
    method,
    url: target.baseUrl + filled(session, path),
    headers: { ...others, ...authorization },
    ...(body !== undefined && { body }),
  };
  const exchange = await sendUnusual(session, request, `${method} of ${path}`);
  if (isInconclusive(exchange)) return;
  const code = isShadowed ? "literal-path-shadowed" : "wrong-route-response";
  const subject = `${method} of ${path}`;
  const rejection = { subject, statuses: [405], codes: [20405], source: DESCRIPTION };
  if (!expectRejection(session, exchange, { ...rejection, ifAccepted: code, ifOther: code })) return;
  const expected = here.map((entry) => entry.method).sort();
  const allow = headerOf(exchange.response, "allow");
  const received = (allow ?? "").split(",").map((each) => each.trim());
  if (received.sort().join() === expected.join()) return;
  session.report(
    {
      ...{ code: "wrong-allow", subject: path, expected: `Allow: ${expected.join(", ")}`, source: DESCRIPTION },
      received: allow === undefined ? "no Allow" : `Allow: ${allow}`,
    },
    [exchange],
  );
}

/** Whether the upload URLs of the target have a path of the contract. Those of an object storage do not. */
async function servesUploads(session: Session, template: string): Promise<boolean> {
  const created = await session.send("createProfilesImportV2", callOfNothing(session, "createProfilesImportV2"));
  const { url } = Object(jsonOf(created.response));
  if (typeof url !== "string" || !URL.canParse(url)) return false;
  const { origin, pathname } = new URL(url);
  return origin === new URL(session.target.baseUrl).origin && matches(template, pathname);
}

/** Whether a path could also be read as one of the template. */
function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);
}

function filled({ target }: Session, path: string): string {
  const ids: Readonly<Record<string, string>> = { ...UNKNOWN_IDS, storeId: target.account.storeId };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
}

/** The operations of the contract that take a JSON body. */
export function jsonOperations(contract: Contract): readonly OperationId[] {
  return [...contract.operations.values()]
    .filter(({ requestSchemas }) => requestSchemas["application/json"] !== undefined)
    .map(({ id }) => id);
}
