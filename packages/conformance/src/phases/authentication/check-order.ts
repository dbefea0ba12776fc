import type { OperationId } from "@memory-api/types";
import { bodyLimitOf } from "../../contract/prose-rules.ts";
import type { HttpRequest } from "../../http/exchange.ts";
import { callOfNothing, UNKNOWN_IDS } from "../../scenarios/calls.ts";
import { expectRejection, sendUnusual } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import type { Call, Session } from "../../scenarios/session.ts";

/** A fault of a request, with the status and code that it leads to on its own. */
interface RequestFault {
  readonly name: string;
  readonly status: number;
  readonly codes: readonly number[];
  readonly isPossible?: (session: Session, id: OperationId) => boolean;
  readonly alterCall?: (call: Call, session: Session, id: OperationId) => Call;
  readonly alterRequest?: (request: HttpRequest, session: Session, id: OperationId) => HttpRequest;
}

const takesJson = (session: Session, id: OperationId) =>
  session.contract.operation(id).requestSchemas["application/json"] !== undefined;
const namesResource = (session: Session, id: OperationId) =>
  Object.keys(callOfNothing(session, id).path ?? {}).length > 0;
const inPath = (name: string, value: string) => (call: Call) => ({ ...call, path: { ...call.path, [name]: value } });
const withHeader = (name: string, value: string) => (call: Call) => ({
  ...call,
  headers: { ...call.headers, [name]: value },
});

const NO_CREDENTIALS: RequestFault = {
  ...{ name: "no credentials", status: 401, codes: [20003] },
  alterCall: (call) => ({ ...call, account: null }),
};
const WRONG_CREDENTIALS: RequestFault = {
  ...{ name: "wrong credentials", status: 401, codes: [20003] },
  alterCall: (call, { target }) => ({
    ...call,
    account: { ...target.account, password: `${target.account.password}x` },
  }),
};
const UNKNOWN_ROUTE: RequestFault = {
  ...{ name: "an unknown route", status: 404, codes: [20404] },
  alterRequest: (request) => ({ ...request, url: request.url.replace("/Profiles", "/Profile") }),
};
const WRONG_METHOD: RequestFault = {
  ...{ name: "a wrong method", status: 405, codes: [20405] },
  alterRequest: (request, session, id) => ({ ...request, method: unsupportedMethod(session, id) }),
};
const MALFORMED_STORE: RequestFault = {
  ...{ name: "a malformed store ID", status: 400, codes: [520049] },
  alterCall: inPath("storeId", "mem_store_0"),
};
const MALFORMED_RESOURCE: RequestFault = {
  ...{ name: "a malformed ID", status: 400, codes: [400], isPossible: namesResource },
  alterCall: (call) => ({
    ...call,
    path: Object.fromEntries(
      Object.keys(call.path ?? {}).map((name) => [name, name === "storeId" ? (call.path?.[name] ?? "") : "mem_0"]),
    ),
  }),
};
const UNKNOWN_STORE: RequestFault = {
  ...{ name: "an unknown store", status: 404, codes: [520041] },
  alterCall: inPath("storeId", UNKNOWN_IDS["storeId"] ?? ""),
};
const FOREIGN_STORE: RequestFault = {
  ...{ name: "the store of another account", status: 403, codes: [403] },
  isPossible: ({ target }) => target.otherAccount !== undefined,
  alterCall: (call, { target }) => inPath("storeId", target.otherAccount?.storeId ?? "")(call),
};
const TOO_LARGE: RequestFault = {
  ...{ name: "a body over the limit", status: 413, codes: [20413] },
  // The limit of a batch is several times as large.
  isPossible: (session, id) => takesJson(session, id) && id !== "updateProfilesBulk",
  alterCall: (call, _, id) => ({ ...call, body: tooLargeBody(bodyLimitOf(id)) }),
};
const WRONG_TYPE: RequestFault = {
  ...{ name: "another media type", status: 415, codes: [20415], isPossible: takesJson },
  alterCall: withHeader("Content-Type", "text/plain"),
};
const BROKEN_BODY: RequestFault = {
  ...{ name: "broken JSON", status: 400, codes: [520046], isPossible: takesJson },
  alterCall: (call) => ({ ...call, body: "{" }),
};
const INVALID_BODY: RequestFault = {
  ...{ name: "an invalid body", status: 400, codes: [520046], isPossible: takesJson },
  alterCall: (call) => ({ ...call, body: { conformance: 1 } }),
};
const INVALID_QUERY: RequestFault = {
  ...{ name: "an invalid query", status: 400, codes: [400] },
  isPossible: ({ contract }, id) => queryOf(contract.operation(id).parameters) !== undefined,
  alterCall: (call, { contract }, id) => ({ ...call, query: queryOf(contract.operation(id).parameters) ?? {} }),
};
const UNKNOWN_RESOURCE: RequestFault = {
  ...{ name: "an ID of nothing", status: 404, codes: [20404], isPossible: namesResource },
};

/** Pairs of faults of two stages that follow one another, the earlier one first. The fault of a later stage is made first. */
const PAIRS: readonly (readonly [RequestFault, RequestFault])[] = [
  [NO_CREDENTIALS, UNKNOWN_ROUTE],
  [NO_CREDENTIALS, WRONG_METHOD],
  [WRONG_CREDENTIALS, UNKNOWN_ROUTE],
  [WRONG_CREDENTIALS, MALFORMED_STORE],
  [WRONG_CREDENTIALS, UNKNOWN_STORE],
  [NO_CREDENTIALS, BROKEN_BODY],
  [NO_CREDENTIALS, WRONG_TYPE],
  [WRONG_CREDENTIALS, TOO_LARGE],
  [NO_CREDENTIALS, INVALID_QUERY],
  [WRONG_METHOD, MALFORMED_STORE],
  [WRONG_METHOD, MALFORMED_RESOURCE],
  [WRONG_METHOD, UNKNOWN_STORE],
  [WRONG_METHOD, BROKEN_BODY],
  [UNKNOWN_ROUTE, MALFORMED_STORE],
  [UNKNOWN_ROUTE, UNKNOWN_STORE],
  [MALFORMED_RESOURCE, UNKNOWN_STORE],
  [MALFORMED_RESOURCE, FOREIGN_STORE],
  [MALFORMED_STORE, TOO_LARGE],
  [MALFORMED_STORE, BROKEN_BODY],
  [MALFORMED_RESOURCE, WRONG_TYPE],
  [MALFORMED_RESOURCE, INVALID_BODY],
  [MALFORMED_STORE, INVALID_QUERY],
  [UNKNOWN_STORE, TOO_LARGE],
  [UNKNOWN_STORE, WRONG_TYPE],
  [UNKNOWN_STORE, BROKEN_BODY],
  [UNKNOWN_STORE, INVALID_BODY],
  [UNKNOWN_STORE, INVALID_QUERY],
  [FOREIGN_STORE, TOO_LARGE],
  [FOREIGN_STORE, WRONG_TYPE],
  [FOREIGN_STORE, BROKEN_BODY],
  [FOREIGN_STORE, INVALID_BODY],
  [FOREIGN_STORE, INVALID_QUERY],
  [FOREIGN_STORE, UNKNOWN_RESOURCE],
  [TOO_LARGE, WRONG_TYPE],
  [TOO_LARGE, UNKNOWN_RESOURCE],
  [WRONG_TYPE, BROKEN_BODY],
  [WRONG_TYPE, INVALID_BODY],
  [WRONG_TYPE, UNKNOWN_RESOURCE],
  [BROKEN_BODY, UNKNOWN_RESOURCE],
  [INVALID_BODY, UNKNOWN_RESOURCE],
  [INVALID_QUERY, UNKNOWN_RESOURCE],
];

export function checkOrderScenario(id: OperationId): Scenario {
  return { name: `authentication/${id}/check-order`, isWriting: true, run: (session) => checkOrder(session, id) };
}

async function checkOrder(session: Session, id: OperationId): Promise<void> {
  for (const [earlier, later] of PAIRS) {
    const faults = [later, earlier];
    if (!faults.every(({ isPossible }) => isPossible?.(session, id) ?? true)) continue;
    const call = faults.reduce(
      (made, { alterCall }) => alterCall?.(made, session, id) ?? made,
      callOfNothing(session, id),
    );
    const request = faults.reduce(
      (made, { alterRequest }) => alterRequest?.(made, session, id) ?? made,
      session.requestOf(id, call),
    );
    const because = `${earlier.name}, which is checked before ${later.name}`;
    const isRouted = !faults.some(({ alterRequest }) => alterRequest !== undefined);
    const exchange = await sendUnusual(session, request, because, isRouted ? id : undefined);
    const source = { kind: "contract", pointer: "/info/description" } as const;
    const rejection = {
      operationId: id,
      subject: earlier.name,
      because,
      statuses: [earlier.status],
      codes: earlier.codes,
      source,
    };
    expectRejection(session, exchange, { ...rejection, ifAccepted: "wrong-check-order", ifOther: "wrong-check-order" });
  }
}

const tooLarge = new Map<number, Uint8Array>();

/** The same bytes for every request, because they may be many. */
function tooLargeBody(limit: number): Uint8Array {
  const bytes = tooLarge.get(limit) ?? Buffer.alloc(limit + 1, " ").fill("{}", 0, 2);
  tooLarge.set(limit, bytes);
  return bytes;
}

/** A method that can have a body, and that the path of an operation does not support. */
function unsupportedMethod({ contract }: Session, id: OperationId): string {
  const { path } = contract.operation(id);
  const supported = [...contract.operations.values()]
    .filter((entry) => entry.path === path)
    .map(({ method }) => method);
  return ["PUT", "POST", "PATCH"].find((method) => !supported.includes(method)) ?? "OPTIONS";
}

/** A query in which a parameter is longer than its schema allows, or not a number. */
function queryOf(
  parameters: readonly { readonly in: string; readonly name: string }[],
): Record<string, string> | undefined {
  const found = parameters.find((parameter) => parameter.in === "query");
  return found && { [found.name]: "x".repeat(1000) };
}
