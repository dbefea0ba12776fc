import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { OperationId } from "@memory-api/types";
import { bodyLimitOf } from "../../contract/prose-rules.ts";
import { type Exchange, headerOf } from "../../http/exchange.ts";
import { simpleBody, simpleCall } from "../../scenarios/calls.ts";
import { expectRejection, isInconclusive, sendUnusual } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import { BROKEN_JSON, TOLERATED_JSON } from "./broken-json.ts";

const UNSUPPORTED_TYPES = [
  "text/plain",
  "text/json",
  "application/xml",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=b",
  "application/jsonl",
  "application/merge-patch+json",
  "application/octet-stream",
];
const SUPPORTED_TYPES = ["application/json;charset=utf-8", "application/json; charset=UTF-8", "Application/JSON"];
const CODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
};

/** Scenarios that send a body in an unusual form to an operation that takes JSON. */
export function bodyScenarios(id: OperationId): readonly Scenario[] {
  const scenario = (what: string, run: (session: Session) => Promise<void>): Scenario => {
    return { name: `protocol/${id}/${what}`, isWriting: true, run };
  };
  return [
    scenario("body-limit", (session) => bodyLimit(session, id)),
    scenario("media-type", (session) => mediaTypes(session, id)),
    scenario("content-coding", (session) => contentCodings(session, id)),
    scenario("broken-json", (session) => brokenJson(session, id)),
  ];
}

async function bodyLimit(session: Session, id: OperationId): Promise<void> {
  const limit = bodyLimitOf(id);
  const call = await simpleCall(session, id);
  // One buffer for both requests, because it may have 16 MiB.
  const bytes = Buffer.alloc(limit + 1, " ");
  bytes.write(JSON.stringify(simpleBody(session, id)));
  const inside = await sendUnusual(
    session,
    session.requestOf(id, { ...call, body: bytes.subarray(0, limit) }),
    "body limit",
    id,
  );
  expectAcceptance(session, id, inside, `a body of ${limit} bytes`);
  const over = session.requestOf(id, { ...call, body: bytes });
  const exchange = await sendUnusual(session, over, "body limit", id);
  const source = { kind: "contract", pointer: "/info/description" } as const;
  const rejection = { operationId: id, subject: "body limit", statuses: [413], codes: [20413], source };
  expectRejection(session, exchange, { ...rejection, ifAccepted: "too-large-body-accepted" });
}

async function mediaTypes(session: Session, id: OperationId): Promise<void> {
  const call = await simpleCall(session, id);
  for (const type of SUPPORTED_TYPES) {
    const body = simpleBody(session, id);
    const exchange = await session.send(id, { ...call, body, headers: { "Content-Type": type } });
    expectAcceptance(session, id, exchange, `Content-Type: ${type}`);
  }
  // Without a media type, the body may be read or rejected.
  const { headers, ...request } = session.requestOf(id, { ...call, body: simpleBody(session, id) });
  const { "Content-Type": _, ...others } = headers;
  await sendUnusual(session, { ...request, headers: others }, "no Content-Type", id);
  for (const type of UNSUPPORTED_TYPES) {
    const body = simpleBody(session, id);
    const exchange = await session.send(id, { ...call, body, headers: { "Content-Type": type } });
    expectUnsupported(session, id, exchange, type);
  }
}

async function contentCodings(session: Session, id: OperationId): Promise<void> {
  const call = await simpleCall(session, id);
  const body = simpleBody(session, id);
  const plain = await session.send(id, { ...call, body, headers: { "Content-Encoding": "identity" } });
  expectAcceptance(session, id, plain, "Content-Encoding: identity");
  for (const [coding, encode] of Object.entries(CODINGS)) {
    const encoded = encode(JSON.stringify(simpleBody(session, id)));
    const headers = { "Content-Encoding": coding };
    const exchange = await sendUnusual(session, session.requestOf(id, { ...call, headers, body: encoded }), coding, id);
    if (!expectUnsupported(session, id, exchange, `content coding ${coding}`)) continue;
    const supported = headerOf(exchange.response, "accept-encoding");
    if (isInconclusive(exchange) || supported?.trim().toLowerCase() === "identity") continue;
    session.report(
      {
        ...{ code: "missing-accept-encoding", operationId: id, expected: "Accept-Encoding: identity" },
        received: supported === undefined ? "no Accept-Encoding" : `Accept-Encoding: ${supported}`,
        source: { kind: "contract", pointer: "/components/responses/UnsupportedMediaType" },
      },
      [exchange],
    );
  }
}

function expectUnsupported(session: Session, id: OperationId, exchange: Exchange, subject: string): boolean {
  const source = { kind: "contract", pointer: "/components/responses/UnsupportedMediaType" } as const;
  const rejection = { operationId: id, subject, statuses: [415], codes: [20415], source };
  return expectRejection(session, exchange, { ...rejection, ifAccepted: "unsupported-body-accepted" });
}

async function brokenJson(session: Session, id: OperationId): Promise<void> {
  const call = await simpleCall(session, id);
  const text = JSON.stringify(simpleBody(session, id));
  for (const [name, breakText] of Object.entries(BROKEN_JSON)) {
    const request = session.requestOf(id, { ...call, body: breakText(text) });
    const exchange = await sendUnusual(session, request, name, id);
    const { pointer } = session.contract.operation(id);
    const rejection = { operationId: id, subject: "broken JSON", because: name, statuses: [400], codes: [520046] };
    expectRejection(session, exchange, {
      ...rejection,
      ifAccepted: "broken-json-accepted",
      source: { kind: "contract", pointer: `${pointer}/requestBody` },
    });
  }
  // Only the checks of every response apply.
  for (const [name, alter] of Object.entries(TOLERATED_JSON)) {
    const body = alter(JSON.stringify(simpleBody(session, id)));
    await sendUnusual(session, session.requestOf(id, { ...call, body }), name, id);
  }
}

function expectAcceptance(session: Session, id: OperationId, exchange: Exchange, subject: string): void {
  if (isInconclusive(exchange) || exchange.response.status < 300) return;
  const { pointer } = session.contract.operation(id);
  const received = describeResponse(exchange);
  const source = { kind: "contract", pointer } as const;
  const violation = { code: "valid-request-rejected", operationId: id, subject, expected: "a 2xx status", received };
  session.report({ ...violation, source }, [exchange]);
}
