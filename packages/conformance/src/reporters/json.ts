import { toCurl } from "../findings/curl.ts";
import type { Finding } from "../findings/finding.ts";
import type { Exchange } from "../http/exchange.ts";
import { verdictOf } from "../run/verdict.ts";
import { describeBody } from "./describe.ts";
import type { FinishedRun } from "./reporter.ts";

const MAX_BODY = 65_536;

/** The whole report as JSON. A version is added to `format` if a property changes its meaning. */
export function jsonReport({ report, phases }: FinishedRun): string {
  const document = {
    format: 1,
    verdict: verdictOf(report),
    ...report,
    findings: report.findings.map(toJson),
    expectedFailures: report.expectedFailures.map(toJson),
    phases,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function toJson({ exchanges, people, ...finding }: Finding) {
  return { ...finding, curl: toCurl(exchanges, people), exchanges: exchanges.map(exchangeToJson) };
}

function exchangeToJson({ request, response, ms }: Exchange) {
  return {
    request: { ...request, ...(request.body !== undefined && { body: describeBody(request.body, MAX_BODY) }) },
    response: { ...response, body: describeBody(response.body, MAX_BODY) },
    ms,
  };
}
