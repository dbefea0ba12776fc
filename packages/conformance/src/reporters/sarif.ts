import { createHash } from "node:crypto";
import type { Log, ReportingDescriptor, Result } from "sarif";
import { CHECKS } from "../checks/catalogue.ts";
import { nameOf } from "../findings/compare.ts";
import { toCurl } from "../findings/curl.ts";
import type { Finding } from "../findings/finding.ts";
import { packageVersion } from "../package-version.ts";
import { count, verdictOf } from "../run/verdict.ts";
import { CONTRACT_PATH, firstParagraph, headerPairs, lastExchange, repeatOptions, wellFormed } from "./describe.ts";
import type { FinishedRun } from "./reporter.ts";

/** SARIF 2.1.0, as code scanning services read it. A finding is located at the line of the contract that it violates. */
export function sarifReport({ report }: FinishedRun): string {
  const findings = [...report.findings, ...report.expectedFailures];
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const { exitCode, reasons } = verdictOf(report);
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "memory-conformance", version: packageVersion(), rules: codes.map(ruleOf) },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: exitCode !== 2,
            exitCode,
            exitCodeDescription: wellFormed(reasons.join(" ")),
            toolExecutionNotifications: report.problems.map((problem) => ({
              level: "error",
              message: { text: wellFormed(problem) },
            })),
          },
        ],
        results: findings.map((finding) => resultOf(finding, codes.indexOf(finding.code))),
        properties: {
          baseUrl: report.baseUrl,
          contractVersion: report.contractVersion,
          seed: report.seed,
          runId: report.runId,
          coverage: report.coverage.percent,
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string): ReportingDescriptor {
  const { title = code, explanation = title, severity = "error" } = CHECKS.get(code) ?? {};
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: firstParagraph(explanation) },
    help: { text: explanation, markdown: explanation },
    defaultConfiguration: { level: severity },
  };
}

function resultOf(finding: Finding, ruleIndex: number): Result {
  const { code, severity, title, expected, received, operationId, line = 1, expectedFailure } = finding;
  const last = lastExchange(finding);
  const text = `${title}: expected ${expected}; received ${received} (${count(finding.occurrences, "scenario")}).`;
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: wellFormed(text) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: CONTRACT_PATH }, region: { startLine: line } },
        ...(operationId !== undefined && {
          logicalLocations: [{ name: operationId, fullyQualifiedName: operationId, kind: "function" }],
        }),
      },
    ],
    partialFingerprints: { "codeAndOperation/v1": createHash("sha256").update(nameOf(finding)).digest("hex") },
    ...(expectedFailure !== undefined && {
      suppressions: [{ kind: "external", status: "accepted", justification: wellFormed(expectedFailure.reason) }],
    }),
    ...(last !== undefined && {
      webRequest: {
        protocol: "HTTP",
        version: "1.1",
        target: last.request.url,
        method: last.request.method,
        headers: joined(last.request.headers),
      },
      webResponse: {
        protocol: "HTTP",
        version: "1.1",
        statusCode: last.response.status,
        headers: joined(last.response.headers),
        body: { text: wellFormed(Buffer.from(last.response.body).toString().slice(0, 4000)) },
      },
    }),
    properties: {
      blame: finding.blame,
      source: finding.source,
      repeat: repeatOptions(finding),
      curl: toCurl(finding.exchanges, finding.people),
    },
  };
}

/** SARIF holds one value for each header. */
function joined(headers: Readonly<Record<string, string | readonly string[]>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of headerPairs(headers)) {
    values[name] = values[name] === undefined ? value : `${values[name]}, ${value}`;
  }
  return values;
}
