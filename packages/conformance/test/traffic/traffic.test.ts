import { type Mock, startMock } from "@memory-api/mock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkResponse } from "../../src/checks/response-checks.ts";
import { Contract } from "../../src/contract/contract.ts";
import type { Finding } from "../../src/findings/finding.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import type { Report } from "../../src/run/report.ts";
import type { Target } from "../../src/target.ts";
import { STATELESS } from "../false-alarms/stateless.ts";
import { ACCOUNT, startServer } from "../support/start-server.ts";
import { type RecordedExchange, record } from "./record.ts";
import { problemsOf } from "./second-validator.ts";

let mock: Mock;
let target: Target;
beforeAll(async () => {
  mock = await startMock();
  target = { baseUrl: mock.url, account: ACCOUNT, isImmediate: true, eventualWithinMs: 0, isReadOnly: false };
});
afterAll(() => mock?.stop());

describe("all traffic of a run", () => {
  let traffic: readonly RecordedExchange[];
  beforeAll(async () => {
    const server = await startServer();
    ({ traffic } = await record({
      target: server.target,
      skip: ["requests", "workflows", "fairness", "concurrency"],
    }).finally(() => server.stop()));
  });

  it("matches the contract in the judgment of a second validator", ({ task }) => {
    task.meta.coverage = `${traffic.length} responses judged by a second validator`;
    expect(traffic.length).toBeGreaterThan(1000);
    expect(traffic.flatMap((each) => problemsOf(each).map((problem) => `${describeOf(each)}: ${problem}`))).toEqual([]);
  });

  it("is judged in the same way by both after each response was spoiled", () => {
    const contract = new Contract();
    const disagreements = traffic.flatMap((recorded) =>
      SPOILED.flatMap(([what, spoil]) => {
        const exchange = spoil(recorded.exchange);
        const spoiled = { ...recorded, exchange };
        const byKit = checkResponse(contract, recorded.operationId, exchange).some(({ code }) => SHARED.has(code));
        const bySecond = problemsOf(spoiled).length > 0;
        return byKit === bySecond ? [] : [`${describeOf(recorded)} with ${what}: kit ${byKit}, second ${bySecond}`];
      }),
    );
    expect([...new Set(disagreements)]).toEqual([]);
  });
});

/** The checks that a schema and a list of statuses express. */
const SHARED = new Set(["undocumented-status", "wrong-media-type", "invalid-body", "invalid-error-body"]);

const SPOILED: readonly (readonly [string, (exchange: Exchange) => Exchange])[] = [
  ["nothing changed", (exchange) => exchange],
  ["status 418", (exchange) => ({ ...exchange, response: { ...exchange.response, status: 418 } })],
  ["an empty object", (exchange) => withText(exchange, "{}")],
  ["a string", (exchange) => withText(exchange, '"text"')],
  ["broken JSON", (exchange) => withText(exchange, "{")],
  ["values of another type", (exchange) => withText(exchange, retyped(exchange))],
];

function withText(exchange: Exchange, text: string): Exchange {
  return { ...exchange, response: { ...exchange.response, body: Buffer.from(text) } };
}

/** Replaces each property of an object by `true`. */
function retyped({ response: { body } }: Exchange): string {
  const text = new TextDecoder().decode(body);
  if (!text.startsWith("{")) return text;
  return JSON.stringify(Object.fromEntries(Object.keys(JSON.parse(text)).map((name) => [name, true])));
}

function describeOf({ operationId, exchange: { request, response } }: RecordedExchange): string {
  return `${operationId ?? "no operation"} ${request.method} ${response.status}`;
}

describe("the same seed and run ID", () => {
  it("send the same requests in the same order", async () => {
    const only = ["smoke", "authentication/fetchProfile/", "authentication/createProfile/unknown"];
    const [first, second] = [await record({ target, only }), await record({ target, only })];
    const sent = ({ traffic }: typeof first) => traffic.map(({ exchange: { request } }) => request);
    expect(first.traffic.length).toBeGreaterThan(50);
    expect(sent(second)).toEqual(sent(first));
  });

  it("yield the report of earlier runs", async () => {
    const only = [...STATELESS, "authentication/listProfiles/unknown"];
    const { report } = await record({ target, only });
    const advice =
      "If the change is intended, update it: npx -y pnpm@12 --filter @memory-api/conformance run test test/traffic -u";
    await expect(`${JSON.stringify(normalized(report), null, 2)}\n`, advice).toMatchFileSnapshot("golden-report.json");
  });
});

/** The report without times, without the version of the contract, and without what the mock chooses. */
function normalized(report: Report): unknown {
  const findings = report.findings.map(withoutServerValues);
  const text = JSON.stringify({ ...report, contractVersion: "1.0.0", ms: 0, lag: undefined, findings });
  return JSON.parse(text.replaceAll(target.baseUrl, "http://mock"));
}

function withoutServerValues(finding: Finding): unknown {
  const exchanges = finding.exchanges.map(({ request, response: { status, headers } }) => ({
    request: {
      ...request,
      ...(request.body !== undefined && { body: new TextDecoder().decode(Buffer.from(request.body)) }),
    },
    response: { status, contentType: headers["content-type"]?.[0] },
  }));
  return { ...finding, exchanges };
}
