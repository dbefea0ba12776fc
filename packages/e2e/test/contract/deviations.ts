import type { PlainRequest } from "./requests.ts";

/** A case in which the response of Prism differs from the contract. The README of the mock lists all of them. */
interface Deviation {
  /** A description of the request, or the name of a bound as in `BoundRequests`. */
  readonly name: string;
  readonly contract: string;
  readonly prism: string;
}

/** A deviation that does not concern a bound. */
export interface ResponseDeviation extends Deviation {
  readonly request: PlainRequest;
  /** The status that the contract requires, and the `code` of the error body, if any. */
  readonly expected: { status: number; code?: number };
  /** The status and a part of the body that Prism returns. */
  readonly actual: { status: number; body?: unknown };
}

const store = "/v1/Stores/mem_store_00000000000000000000000000";
const authorization = `Basic ${btoa("key:secret")}`;
const upload = "/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8?token=1773138600.204800.signature";
const json = { authorization, "content-type": "application/json" };

/** A deviation at a bound, with the statuses for the requests just inside and just outside it. */
export interface BoundDeviation extends Deviation {
  readonly expected: { inside: number; outside: number };
  readonly actual: { inside: number; outside: number };
}

/** Bounds at which Prism accepts a value outside, rejects a value inside, or rejects a value with another status. */
export const boundDeviations: readonly BoundDeviation[] = [
  {
    name: "fetchProfile traitGroups minLength",
    contract: "`400`",
    prism: "treats an empty query parameter as missing: `200`",
    expected: { inside: 200, outside: 400 },
    actual: { inside: 200, outside: 200 },
  },
  {
    name: "uploadImportFile body maxLength",
    contract: "accepts up to 100 MiB",
    prism: "accepts up to 10 MiB of any body, then `413` with its own body",
    expected: { inside: 200, outside: 413 },
    actual: { inside: 413, outside: 413 },
  },
  {
    name: "uploadImportFile token required",
    contract: "`403`, as for any modified URL",
    prism: "`400`",
    expected: { inside: 200, outside: 403 },
    actual: { inside: 200, outside: 400 },
  },
];

/** Requests for which Prism returns a body of its own, or a response that the contract defines for another case. */
export const responseDeviations: readonly ResponseDeviation[] = [
  {
    name: "Unknown path",
    contract: "`404` with the error body, code 20404",
    prism: "`404` with a problem document",
    request: { method: "GET", target: "/v1/Nothing", headers: { authorization } },
    expected: { status: 404, code: 20404 },
    actual: { status: 404, body: { title: "Route not resolved, no path matched" } },
  },
  {
    name: "Unknown method",
    contract: "`405` with the error body, code 20405 and `Allow`",
    prism: "`405` with a problem document, without `Allow`",
    request: { method: "DELETE", target: `${store}/Profiles`, headers: { authorization } },
    expected: { status: 405, code: 20405 },
    actual: { status: 405, body: { title: "Route resolved, but no method matched" } },
  },
  {
    name: "GET of `/Profiles/Bulk`",
    contract: "`405` with `Allow: PUT`, because a literal path takes precedence",
    prism: "treats `Bulk` as a profile ID: `400`",
    request: { method: "GET", target: `${store}/Profiles/Bulk`, headers: { authorization } },
    expected: { status: 405, code: 20405 },
    actual: { status: 400, body: { code: 400 } },
  },
  {
    name: "Body that is not valid JSON",
    contract: "`400` with the error body, code 520046",
    prism: "`400` with its own body",
    request: { method: "POST", target: `${store}/Profiles`, headers: json, body: '{"traits":' },
    expected: { status: 400, code: 520046 },
    actual: { status: 400, body: { error: { code: "invalid_json" } } },
  },
  {
    name: "Malformed store ID",
    contract: "`400` with code 520049",
    prism: "`400` with the first `400` example of the operation, here code 400",
    request: { method: "GET", target: "/v1/Stores/mem_nope/Profiles", headers: { authorization } },
    expected: { status: 400, code: 520049 },
    actual: { status: 400, body: { code: 400 } },
  },
  {
    name: "Missing credentials, with another status in `Prefer`",
    contract: "not defined: `Prefer` is a feature of Prism",
    prism: "`401`, regardless of `Prefer`",
    request: { method: "GET", target: `${store}/Profiles`, headers: { prefer: "code=503" } },
    expected: { status: 503, code: 20503 },
    actual: { status: 401, body: { code: 20003 } },
  },
  {
    name: "Unknown status in `Prefer`",
    contract: "not defined: `Prefer` is a feature of Prism",
    prism: "`404` with a problem document",
    request: { method: "GET", target: `${store}/Profiles`, headers: { authorization, prefer: "code=418" } },
    expected: { status: 418 },
    actual: { status: 404, body: { title: "The server cannot find the requested content" } },
  },
  {
    name: "Unknown example in `Prefer`",
    contract: "not defined: `Prefer` is a feature of Prism",
    prism: "`404` with a problem document",
    request: { method: "GET", target: `${store}/Profiles`, headers: { authorization, prefer: "example=none" } },
    expected: { status: 200 },
    actual: { status: 404, body: { title: "The server cannot find the requested content" } },
  },
  {
    name: "Wrong credentials",
    contract: "`401`",
    prism: "accepts any user name and password",
    request: {
      method: "GET",
      target: `${store}/Profiles`,
      headers: { authorization: `Basic ${btoa("nobody:wrong")}` },
    },
    expected: { status: 401, code: 20003 },
    actual: { status: 200 },
  },
  {
    name: "No trait that is promoted to an identifier",
    contract: "`400`",
    prism:
      "`202`, because no schema expresses this rule. The same applies to an undeclared trait group and to `{}` in bulk",
    request: { method: "POST", target: `${store}/Profiles`, headers: json, body: "{}" },
    expected: { status: 400, code: 400 },
    actual: { status: 202 },
  },
  {
    name: "Unknown property",
    contract: "`400` with code 520046 and the location in `message`",
    prism: "`400` with the first `400` example of the operation, and the location in the `sl-violations` header",
    request: { method: "POST", target: `${store}/Profiles`, headers: json, body: '{"trait":{}}' },
    expected: { status: 400, code: 520046 },
    actual: { status: 400, body: { code: 400 } },
  },
  {
    name: "Upload whose length differs from `fileSize`",
    contract: "`400` if shorter, `413` if longer",
    prism: "`200`, because it keeps no state",
    request: { method: "PUT", target: upload, headers: { "content-type": "text/csv" }, body: "email\n" },
    expected: { status: 400, code: 400 },
    actual: { status: 200 },
  },
  {
    name: "Upload with a token that was not issued",
    contract: "`403`",
    prism: "`200`, because it keeps no state",
    request: {
      method: "PUT",
      target: upload.replace(/token=.*/, "token=never-issued"),
      headers: { "content-type": "text/csv" },
      body: "email\n",
    },
    expected: { status: 403, code: 403 },
    actual: { status: 200 },
  },
];
