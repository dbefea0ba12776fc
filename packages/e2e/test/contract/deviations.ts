import type { PlainRequest } from "./requests.ts";

/** A request to which Prism does not answer as the contract says. */
interface Deviation {
  /** What the request is, or the name of a bound as the tests of the bounds spell it. */
  readonly name: string;
  readonly contract: string;
  readonly prism: string;
}

/** One that is no bound. */
export interface AnswerDeviation extends Deviation {
  readonly request: PlainRequest;
  /** Status of the contract's answer, and the `code` of its error body, if it is one. */
  readonly expected: { status: number; code?: number };
  /** What Prism's answer has at least. */
  readonly actual: { status: number; body?: unknown };
}

const store = "/v1/Stores/mem_store_00000000000000000000000000";
const authorization = `Basic ${btoa("key:secret")}`;
const upload = "/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8?token=1773138600.204800.signature";
const json = { authorization, "content-type": "application/json" };

/** One at a bound: the statuses of the answers just inside and just outside of it. */
export interface BoundDeviation extends Deviation {
  readonly expected: { inside: number; outside: number };
  readonly actual: { inside: number; outside: number };
}

/** Bounds where Prism accepts what is outside, refuses what is inside, or refuses with another status. */
export const boundDeviations: readonly BoundDeviation[] = [
  {
    name: "fetchProfile traitGroups minLength",
    contract: "`400`",
    prism: "takes an empty query parameter for one that was not sent: `200`",
    expected: { inside: 200, outside: 400 },
    actual: { inside: 200, outside: 200 },
  },
  {
    name: "uploadImportFile body maxLength",
    contract: "takes 100 MiB",
    prism: "takes 10 MiB of any body, then `413` with a body of its own",
    expected: { inside: 200, outside: 413 },
    actual: { inside: 413, outside: 413 },
  },
  {
    name: "uploadImportFile token required",
    contract: "`403`, as for any URL that was changed",
    prism: "`400`",
    expected: { inside: 200, outside: 403 },
    actual: { inside: 200, outside: 400 },
  },
];

/** Requests that get a body of Prism's own, or the answer to something else. */
export const answerDeviations: readonly AnswerDeviation[] = [
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
    contract: "`405` with the error body, code 20405, and `Allow`",
    prism: "`405` with a problem document, and no `Allow`",
    request: { method: "DELETE", target: `${store}/Profiles`, headers: { authorization } },
    expected: { status: 405, code: 20405 },
    actual: { status: 405, body: { title: "Route resolved, but no method matched" } },
  },
  {
    name: "GET of `/Profiles/Bulk`",
    contract: "`405` with `Allow: PUT`, since a literal path wins",
    prism: "takes Bulk for a profile ID: `400`",
    request: { method: "GET", target: `${store}/Profiles/Bulk`, headers: { authorization } },
    expected: { status: 405, code: 20405 },
    actual: { status: 400, body: { code: 400 } },
  },
  {
    name: "Broken JSON",
    contract: "`400` with the error body, code 520046",
    prism: "`400` with a body of its own",
    request: { method: "POST", target: `${store}/Profiles`, headers: json, body: '{"traits":' },
    expected: { status: 400, code: 520046 },
    actual: { status: 400, body: { error: { code: "invalid_json" } } },
  },
  {
    name: "Malformed store ID",
    contract: "`400` with code 520049",
    prism: "`400` with the first example that the operation has for it, here code 400",
    request: { method: "GET", target: "/v1/Stores/mem_nope/Profiles", headers: { authorization } },
    expected: { status: 400, code: 520049 },
    actual: { status: 400, body: { code: 400 } },
  },
  {
    name: "Missing credentials, another status preferred",
    contract: "nothing: the preference is Prism's",
    prism: "`401`, whatever `Prefer` says",
    request: { method: "GET", target: `${store}/Profiles`, headers: { prefer: "code=503" } },
    expected: { status: 503, code: 20503 },
    actual: { status: 401, body: { code: 20003 } },
  },
  {
    name: "An unknown status preferred",
    contract: "nothing: the preference is Prism's",
    prism: "`404` with a problem document",
    request: { method: "GET", target: `${store}/Profiles`, headers: { authorization, prefer: "code=418" } },
    expected: { status: 418 },
    actual: { status: 404, body: { title: "The server cannot find the requested content" } },
  },
  {
    name: "An unknown example preferred",
    contract: "nothing: the preference is Prism's",
    prism: "`404` with a problem document",
    request: { method: "GET", target: `${store}/Profiles`, headers: { authorization, prefer: "example=none" } },
    expected: { status: 200 },
    actual: { status: 404, body: { title: "The server cannot find the requested content" } },
  },
  {
    name: "Wrong credentials",
    contract: "`401`",
    prism: "takes any user name and password",
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
    prism: "`202`: no schema says it. The same goes for an undeclared trait group, and for `{}` in bulk",
    request: { method: "POST", target: `${store}/Profiles`, headers: json, body: "{}" },
    expected: { status: 400, code: 400 },
    actual: { status: 202 },
  },
  {
    name: "An unknown property",
    contract: "`400` with code 520046, and the place in `message`",
    prism: "`400` with the first example that the operation has for it, and the place in the header `sl-violations`",
    request: { method: "POST", target: `${store}/Profiles`, headers: json, body: '{"trait":{}}' },
    expected: { status: 400, code: 520046 },
    actual: { status: 400, body: { code: 400 } },
  },
  {
    name: "An upload of another length than announced",
    contract: "`400` if it is shorter, `413` if it is longer",
    prism: "`200`: it keeps no state",
    request: { method: "PUT", target: upload, headers: { "content-type": "text/csv" }, body: "email\n" },
    expected: { status: 400, code: 400 },
    actual: { status: 200 },
  },
  {
    name: "An upload with a token that was not issued",
    contract: "`403`",
    prism: "`200`: it keeps no state",
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
