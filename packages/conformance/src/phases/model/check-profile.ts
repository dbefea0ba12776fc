import type { OperationId } from "@memory-api/types";
import type { Contract } from "../../contract/contract.ts";
import type { Violation } from "../../findings/finding.ts";
import { type Exchange, headerOf, jsonOf } from "../../http/exchange.ts";
import { describeResponse } from "../../scenarios/session.ts";
import { GROUP } from "./people.ts";

/** What a request to the ID of a profile must lead to. */
export type Expectation =
  | {
      readonly kind: "live";
      readonly traits: Readonly<Record<string, string>>;
      /** The names of traits that were removed. */
      readonly removed: readonly string[];
      readonly isMerged: boolean;
      /** `undefined` if it is not known. */
      readonly createdAt: unknown;
    }
  | { readonly kind: "moved"; readonly canonicalId: string }
  | { readonly kind: "missing" };

const RULES = "/info/description";
const REDIRECT = "/components/responses/ProfileMoved";

/** @returns what is wrong with the response to a GET; `undefined` if nothing is */
export function checkFetched(
  contract: Contract,
  exchange: Exchange,
  id: string,
  expectation: Expectation,
): Violation | undefined {
  const { status } = exchange.response;
  const wrong = (code: string, expected: string, received: string, pointer = RULES): Violation => ({
    code,
    operationId: "fetchProfile",
    expected,
    received,
    source: { kind: "contract", pointer },
  });
  const received = describeResponse(exchange);
  if (expectation.kind === "moved") return checkRedirect(contract, "fetchProfile", exchange, expectation.canonicalId);
  if (expectation.kind === "missing") {
    if (status === 404) return undefined;
    const { pointer } = contract.operation("deleteProfile");
    return wrong("deleted-profile-visible", "status 404 after the deletion", received, `${pointer}/description`);
  }
  if (status === 404) return wrong("lost-write", "status 200 for a profile that was created", received);
  if (status === 301) return wrong("wrong-resolution", "status 200 for a profile that was not merged", received);
  // The response checks report another 2xx status.
  if (status !== 200) return status < 300 ? undefined : wrong("valid-request-rejected", "status 200", received);
  const body = Object(jsonOf(exchange.response));
  if (body.id !== id) return wrong("wrong-resolution", `the profile ${id}`, `the profile ${String(body.id)}`);
  if (expectation.createdAt !== undefined && body.createdAt !== expectation.createdAt)
    return wrong("unrequested-change", `createdAt ${expectation.createdAt} as before`, `createdAt ${body.createdAt}`);
  return checkTraits(Object(Object(body.traits)[GROUP]), expectation, wrong);
}

function checkTraits(
  traits: Record<string, unknown>,
  { traits: expected, removed, isMerged }: Extract<Expectation, { kind: "live" }>,
  wrong: (code: string, expected: string, received: string) => Violation,
): Violation | undefined {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(traits)])) {
    const value = traits[name];
    if (value === expected[name]) continue;
    const ifUnexpected = removed.includes(name) ? "removed-trait-kept" : "unrequested-change";
    const code = isMerged ? "wrong-traits-after-merge" : expected[name] === undefined ? ifUnexpected : "lost-write";
    return wrong(code, describeTrait(name, expected[name]), describeTrait(name, value));
  }
  return undefined;
}

function describeTrait(name: string, value: unknown): string {
  return value === undefined ? `no trait ${GROUP}.${name}` : `${GROUP}.${name} ${JSON.stringify(value)}`;
}

/** @returns what is wrong with the response to a write; `undefined` if nothing is */
export function checkWrite(
  contract: Contract,
  operationId: OperationId,
  exchange: Exchange,
  outcome: "applied" | "moved" | "missing",
  canonicalId = "",
): Violation | undefined {
  if (outcome === "moved") return checkRedirect(contract, operationId, exchange, canonicalId);
  const { status } = exchange.response;
  const [wanted, expected] = outcome === "applied" ? [202, "status 202"] : [404, "status 404 after the deletion"];
  if (status === wanted) return undefined;
  // The response checks report another 2xx status.
  if (outcome === "applied" && status >= 200 && status < 300) return undefined;
  const isLost = status === 404 && operationId !== "createProfile";
  const code = outcome === "missing" ? "deleted-profile-usable" : isLost ? "lost-write" : "valid-request-rejected";
  const pointer = `${contract.operation(operationId).pointer}/description`;
  return { code, operationId, expected, received: describeResponse(exchange), source: { kind: "contract", pointer } };
}

/** @returns what is wrong with the response for a merged ID; `undefined` if nothing is */
function checkRedirect(
  contract: Contract,
  operationId: OperationId,
  exchange: Exchange,
  canonicalId: string,
): Violation | undefined {
  const { request, response } = exchange;
  const status = operationId === "fetchProfile" ? 301 : 308;
  const wrong = (expected: string, received: string): Violation => ({
    code: "redirect-broken",
    operationId,
    expected,
    received,
    source: { kind: "contract", pointer: REDIRECT },
  });
  if (response.status !== status) return wrong(`status ${status} for a merged profile`, describeResponse(exchange));
  const canonical = headerOf(response, "canonical-profile-id");
  if (canonical !== canonicalId)
    return wrong(`Canonical-Profile-Id: ${canonicalId}`, `Canonical-Profile-Id: ${canonical ?? "absent"}`);
  const uris = { Location: headerOf(response, "location"), uri: Object(jsonOf(response)).uri };
  for (const [name, uri] of Object.entries(uris)) {
    if (!isUriOf(contract, uri, request.url, canonicalId))
      return wrong(`an absolute URI of ${canonicalId} in ${name}`, `${name}: ${String(uri)}`);
  }
  return undefined;
}

/** The origin and a prefix of the path may differ, since a server may stand behind a proxy. */
function isUriOf(contract: Contract, uri: unknown, requested: string, profileId: string): boolean {
  if (typeof uri !== "string" || !URL.canParse(uri)) return false;
  const { path } = contract.operation("fetchProfile");
  const [beforeId = ""] = path.split("{profileId}");
  const length = beforeId.split("/").length;
  const segments = (text: string) => new URL(text).pathname.split("/");
  const wanted = [...segments(requested).slice(0, -1), profileId].slice(-length);
  return segments(uri).slice(-length).join("/") === wanted.join("/");
}
