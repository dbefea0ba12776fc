import type { Report } from "./report.ts";

/** What a report means. */
export interface Verdict {
  /** 0: no findings. 1: findings, or something else that fails the run. 2: the implementation could not be tested. */
  readonly exitCode: 0 | 1 | 2;
  /** Each reason, as a sentence. One sentence if the run passes. */
  readonly reasons: readonly string[];
}

export function verdictOf(report: Report): Verdict {
  const { findings, passedExpectedFailures, coverage, minCoverage, problems } = report;
  const failures: string[] = [];
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (findings.length > 0) {
    failures.push(
      `The implementation does not conform to the contract: ${count(errors, "error")}, ${count(findings.length - errors, "warning")}.`,
    );
  }
  for (const { code, operation } of passedExpectedFailures) {
    const where = operation === undefined ? "" : ` of ${operation}`;
    failures.push(`The expected failure ${code}${where} did not occur. Remove its entry.`);
  }
  // A run that did not happen has no coverage to judge.
  if (problems.length === 0 && coverage.percent < minCoverage) {
    failures.push(`The coverage is ${coverage.percent} %, below the minimum of ${minCoverage} %.`);
  }
  if (failures.length > 0) return { exitCode: 1, reasons: [...failures, ...problems] };
  if (problems.length > 0) return { exitCode: 2, reasons: problems };
  return { exitCode: 0, reasons: [describeSuccess(report)] };
}

/** What was tested, since a run that tests little proves little. */
function describeSuccess({ expectedFailures, notRun, coverage }: Report): string {
  const parts = [
    "No violations found",
    expectedFailures.length > 0 && count(expectedFailures.length, "expected failure"),
    notRun.length > 0 && `${count(notRun.length, "scenario")} not run`,
    `${coverage.percent} % of the contract covered`,
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}

export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
