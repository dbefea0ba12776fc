import type { Coverage } from "../../src/coverage/coverage.ts";
import type { ConformanceEvent, Listener } from "../../src/events.ts";
import type { Finding, FlakyNote } from "../../src/findings/finding.ts";
import type { Exchange } from "../../src/http/exchange.ts";
import type { Report } from "../../src/run/report.ts";

/** Strings that an implementation could send to break a report, or to act through it. */
export const HOSTILE =
  `</script><script>document.title="hacked"</script><img src=x onerror="document.title='hacked'">` +
  `"'&]]>\u0000\u0007\u001b[31mred\u202eevil\u2028\ud800 | \`code\` \`\`\` %0A,: \\ $(id) \r\n::error::injected\n\t<!--`;

const BASE_URL = "http://127.0.0.1:4010";
const STORE = "/v1/Stores/mem_store_00000000000000000000000000";

function exchange(method: string, path: string, status: number, body: string, sent?: string | Uint8Array): Exchange {
  return {
    request: {
      method,
      url: `${BASE_URL}${path}`,
      headers: {
        Authorization: "Basic $MEMORY_USER:$MEMORY_PASSWORD",
        ...(sent !== undefined && { "Content-Type": "application/json" }),
      },
      ...(sent !== undefined && { body: sent }),
    },
    response: {
      status,
      headers: { "content-type": ["application/json"], "x-hostile": [HOSTILE.replaceAll(/[\r\n]/g, "")] },
      body: Buffer.from(body),
    },
    ms: 12.3,
  };
}

const created = exchange(
  "POST",
  `${STORE}/Profiles`,
  202,
  `{"id":"mem_profile_01h455vb4pex5vsknk084sn02q","message":"ok"}`,
  `{"traits":{"Contact":{"email":"ada@example.com","city":"L'Aquila"}}}`,
);
const fetched = exchange(
  "GET",
  `${STORE}/Profiles/mem_profile_01h455vb4pex5vsknk084sn02q`,
  418,
  JSON.stringify({ message: HOSTILE }),
);
const binary = exchange("PUT", "/uploads/x", 500, HOSTILE, new Uint8Array([0, 255, 1]));

const repeat = { seed: 7, runId: "cafe", scenario: "smoke/profile" };

export const FINDINGS: readonly Finding[] = [
  {
    code: "server-error",
    operationId: "uploadImportFile",
    expected: "a status below 500",
    received: "status 500",
    source: { kind: "standard", section: "RFC 9110, section 15.6" },
    severity: "error",
    blame: "implementation",
    title: "A request causes a 5xx response",
    repeat: { ...repeat, scenario: "smoke/upload" },
    exchanges: [binary],
    people: [],
    occurrences: 1,
  },
  {
    code: "undocumented-status",
    operationId: "fetchProfile",
    subject: HOSTILE,
    expected: "one of 200, 301, 400",
    received: `status 418: ${HOSTILE}`,
    source: { kind: "contract", pointer: "/paths/~1v1~1Stores~1{storeId}~1Profiles~1{profileId}/get/responses" },
    severity: "error",
    blame: "implementation",
    title: "A response has a status that the contract does not document",
    repeat,
    exchanges: [created, fetched],
    people: [],
    occurrences: 3,
    line: 321,
  },
  {
    code: "invalid-header",
    expected: HOSTILE,
    received: "no such header",
    source: { kind: "contract", pointer: "/components/headers/Location" },
    severity: "warning",
    blame: "contract",
    title: HOSTILE,
    repeat,
    exchanges: [fetched],
    people: [],
    occurrences: 1,
    line: 12,
  },
];

export const EXPECTED: Finding = {
  ...(FINDINGS[0] as Finding),
  code: "wrong-media-type",
  operationId: "deleteProfile",
  title: "A body has another media type than the contract documents",
  repeat: { ...repeat, scenario: "smoke/delete" },
  expectedFailure: { code: "wrong-media-type", operation: "deleteProfile", reason: HOSTILE, since: "2026-01-31" },
};

const NOTE: FlakyNote = {
  code: "invalid-body",
  operationId: "listProfiles",
  expected: "an array",
  received: HOSTILE,
  source: { kind: "contract", pointer: "/paths" },
  scenario: "smoke/listProfiles",
};

const COVERAGE: Coverage = {
  percent: 57.1,
  covered: 4,
  total: 7,
  operations: [
    {
      operationId: "fetchProfile",
      requests: 3,
      responses: [
        { status: "200", mediaType: "application/json", count: 2 },
        { status: "503", mediaType: "application/json", count: 0 },
        { status: "204", count: 0 },
      ],
      mediaTypes: [],
      parameters: [{ name: "traitGroups", in: "query", valid: 1, invalid: 0 }],
      keywords: [{ keyword: "maxLength", pointer: "/components/schemas/TraitValue/maxLength", valid: 2, invalid: 1 }],
    },
  ],
  notProvoked: [
    { operationId: "fetchProfile", status: "503", mediaType: "application/json", provokedBy: "an overload" },
    { operationId: "fetchProfile", status: "204", provokedBy: HOSTILE },
  ],
};

export const REPORT: Report = {
  baseUrl: BASE_URL,
  contractVersion: "1.2.3",
  seed: 7,
  runId: "cafe",
  findings: FINDINGS,
  expectedFailures: [EXPECTED],
  passedExpectedFailures: [{ code: "server-error", reason: "once broken", since: "2026-01-31" }],
  flaky: [NOTE],
  notRun: [{ phase: "smoke", scenario: "smoke/skipped", reason: HOSTILE }],
  notes: [{ scenario: "smoke/profile", text: HOSTILE }],
  lag: { count: 12, p50Ms: 3.14759, p99Ms: 250 },
  problems: [HOSTILE],
  coverage: COVERAGE,
  minCoverage: 60,
  scenarios: 5,
  requests: 7,
  ms: 1234,
};

/** The events of a run that found what `REPORT` contains, or another report. */
export function replay(listener: Listener, report: Report = REPORT): void {
  const ended = (scenario: string, outcome: "passed" | "failed" | "flaky", findings: readonly Finding[]) => ({
    type: "scenario-ended" as const,
    phase: "smoke",
    scenario,
    outcome,
    findings: findings.map(({ code, operationId, subject }) => ({
      code,
      ...(operationId && { operationId }),
      ...(subject && { subject }),
    })),
    ms: 5,
  });
  const events: ConformanceEvent[] = [
    { type: "started", baseUrl: report.baseUrl, contractVersion: "1.2.3", seed: 7, runId: "cafe" },
    { type: "phase-started", phase: "smoke", title: "Simple requests" },
    { type: "exchange", operationId: "createProfile", exchange: created },
    ended("smoke/upload", "failed", report.findings.slice(0, 1)),
    ended("smoke/profile", "failed", report.findings.slice(1)),
    ended("smoke/delete", "failed", report.expectedFailures),
    ended("smoke/listProfiles", "flaky", []),
    ended("smoke/a-passed", "passed", []),
    ...report.notRun.map((each) => ({ type: "not-run" as const, ...each })),
    { type: "phase-ended", phase: "smoke", ms: 1000 },
    { type: "phase-started", phase: "empty", title: "Nothing selected" },
    { type: "phase-ended", phase: "empty", ms: 0 },
    { type: "ended", report },
  ];
  for (const event of events) listener(event);
}

/** A report of a run that found nothing. */
export const KEPT: Report = {
  ...REPORT,
  findings: [],
  expectedFailures: [],
  passedExpectedFailures: [],
  flaky: [],
  notRun: [],
  notes: [],
  problems: [],
  minCoverage: 0,
};
