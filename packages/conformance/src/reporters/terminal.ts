import { CHECKS } from "../checks/catalogue.ts";
import type { ConformanceEvent, Listener } from "../events.ts";
import { type FindingGroup, groupsOf, nameOf } from "../findings/compare.ts";
import { toCurl } from "../findings/curl.ts";
import type { Report } from "../run/report.ts";
import { count, verdictOf } from "../run/verdict.ts";
import {
  describeLag,
  describeOthers,
  describeSource,
  firstParagraph,
  notProvokedByStatus,
  notRunByReason,
  printable,
  repeatOptions,
  seconds,
} from "./describe.ts";

export interface TerminalOptions {
  readonly write: (text: string) => void;
  /** Whether the output is a terminal, on which a line can be replaced. */
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
}

const MAX_LISTED = 10;
const MAX_CURL = 4000;

type Style = "red" | "yellow" | "green" | "bold" | "dim";
const CODES: Readonly<Record<Style, number>> = { red: 31, yellow: 33, green: 32, bold: 1, dim: 2 };

/** Prints the progress of a run, and then what it found. The last line is the verdict. */
export function terminalReporter({ write, isTerminal, hasColors }: TerminalOptions): Listener {
  const paint = (style: Style, text: string) => (hasColors ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text);
  const line = (text = "") => write(`${isTerminal ? "\r\u001b[K" : ""}${text}\n`);
  let phase = { title: "", passed: 0, failed: 0, flaky: 0, notRun: 0, requests: 0 };

  return (event: ConformanceEvent) => {
    switch (event.type) {
      case "started":
        line(`Testing ${printable(event.baseUrl)} against contract ${event.contractVersion}`);
        line(paint("dim", `Seed ${event.seed}, run ID ${printable(event.runId)}`));
        return line();
      case "phase-started":
        phase = { title: event.title, passed: 0, failed: 0, flaky: 0, notRun: 0, requests: 0 };
        return;
      case "exchange":
        phase.requests++;
        if (isTerminal && phase.requests % 50 === 0) write(`\r\u001b[K  ${phase.title}: ${phase.requests} requests`);
        return;
      case "scenario-ended":
        phase[event.outcome]++;
        return;
      case "not-run":
        phase.notRun++;
        return;
      case "phase-ended":
        if (phase.passed + phase.failed + phase.flaky + phase.notRun > 0) line(phaseLine(phase, event.ms, paint));
        return;
      case "finding":
      case "flaky":
        return;
      case "ended":
        return printReport(event.report, line, paint);
    }
  };
}

type Paint = (style: Style, text: string) => string;
type Line = (text?: string) => void;

function phaseLine(
  phase: { title: string; passed: number; failed: number; flaky: number; notRun: number; requests: number },
  ms: number,
  paint: Paint,
): string {
  const mark = phase.failed > 0 ? paint("red", "✗") : phase.passed + phase.flaky > 0 ? paint("green", "✓") : "-";
  const parts = [
    phase.passed > 0 && `${phase.passed} passed`,
    phase.failed > 0 && paint("red", `${phase.failed} failed`),
    phase.flaky > 0 && paint("yellow", `${phase.flaky} flaky`),
    phase.notRun > 0 && `${phase.notRun} not run`,
    paint("dim", `${count(phase.requests, "request")}, ${seconds(ms)}`),
  ];
  return `${mark} ${phase.title}: ${parts.filter(Boolean).join(", ")}`;
}

function printReport(report: Report, line: Line, paint: Paint): void {
  printFindings(report, line, paint);
  printNotes(report, line, paint);
  printCoverage(report, line, paint);
  const { exitCode, reasons } = verdictOf(report);
  line();
  line(
    paint("dim", `${count(report.scenarios, "scenario")}, ${count(report.requests, "request")}, ${seconds(report.ms)}`),
  );
  const [verdict = "", ...others] = reasons;
  for (const reason of [...others, verdict])
    line(paint(exitCode === 0 ? "green" : "red", paint("bold", printable(reason))));
}

function printFindings({ findings }: Report, line: Line, paint: Paint): void {
  const codes = [...new Set(findings.map(({ code }) => code))];
  for (const code of codes) {
    const group = findings.filter((finding) => finding.code === code);
    const [first] = group;
    if (first === undefined) continue;
    const color = first.severity === "error" ? "red" : "yellow";
    line();
    line(
      `${paint(color, first.severity.toUpperCase())} ${paint("bold", printable(first.title))} ${paint("dim", `(${code})`)}`,
    );
    const explanation = CHECKS.get(code)?.explanation;
    if (explanation !== undefined) line(paint("dim", `  ${firstParagraph(explanation)}`));
    line(paint("dim", `  For details, run: memory-conformance explain ${code}`));
    for (const each of groupsOf(group)) printFinding(each, line, paint);
  }
}

function printFinding(group: FindingGroup, line: Line, paint: Paint): void {
  const { finding } = group;
  const { operationId = "No operation", subject, occurrences, expected, received, source, blame } = finding;
  const others = describeOthers(group);
  const scenarios = occurrences > 1 ? paint("dim", ` in ${count(occurrences, "scenario")}`) : "";
  line();
  line(`  ${paint("bold", printable([operationId, subject].filter(Boolean).join(" · ")))}${scenarios}`);
  const rows: [string, string][] = [
    ...(others === undefined ? [] : [["Also in", others] as [string, string]]),
    ["Expected", expected],
    ["Received", received],
    ["Stated in", describeSource(source, finding.line)],
    ["Fix in", `the ${blame}`],
    ["Reproduce", repeatOptions(finding)],
  ];
  for (const [name, text] of rows) line(`    ${name.padEnd(9)}  ${printable(text)}`);
  const curl = toCurl(finding.exchanges, finding.people);
  if (curl.length > MAX_CURL)
    line(paint("dim", "    The curl commands are too long to show. See the JSON or HTML report."));
  else for (const each of curl.split("\n")) line(paint("dim", `    ${printable(each)}`));
}

function printNotes(report: Report, line: Line, paint: Paint): void {
  const { flaky, expectedFailures } = report;
  const section = (title: string, entries: readonly string[]) => {
    if (entries.length === 0) return;
    line();
    line(paint("bold", title));
    for (const entry of entries.slice(0, MAX_LISTED)) line(`  ${printable(entry)}`);
    if (entries.length > MAX_LISTED) line(paint("dim", `  and ${entries.length - MAX_LISTED} more`));
  };
  section(
    "Flaky: failed once, but not when the scenario was repeated",
    flaky.map((note) => `${nameOf(note)} in ${note.scenario}: expected ${note.expected}; received ${note.received}`),
  );
  section(
    "Expected failures",
    expectedFailures.map((finding) => {
      const { since = "", reason = "" } = finding.expectedFailure ?? {};
      return `${nameOf(finding)}, since ${since}: ${reason}`;
    }),
  );
  section(
    "Notes",
    [...report.notes.map(({ scenario, text }) => `${scenario}: ${text}`), describeLag(report) ?? ""].filter(Boolean),
  );
  section(
    "Not run",
    notRunByReason(report).map(({ reason, scenarios }) => {
      const [first, ...others] = scenarios;
      return `${first}${others.length > 0 ? ` and ${others.length} more` : ""}: ${reason}`;
    }),
  );
}

function printCoverage(report: Report, line: Line, paint: Paint): void {
  const { percent, covered, total, operations } = report.coverage;
  const responses = operations.flatMap((operation) => operation.responses);
  const received = responses.filter((response) => response.count > 0).length;
  line();
  line(
    `${paint("bold", `Coverage ${percent} %`)} (${covered} of ${total}): ${received} of ${responses.length} documented responses, and valid and invalid values of parameters and bodies`,
  );
  const groups = notProvokedByStatus(report);
  for (const { status, provokedBy, operationIds } of groups.slice(0, MAX_LISTED)) {
    const of = operationIds.length === 1 ? operationIds[0] : count(operationIds.length, "operation");
    line(paint("dim", `  Not received: ${status} of ${of}. It requires ${printable(provokedBy)}`));
  }
  if (groups.length > MAX_LISTED) {
    line(paint("dim", `  and ${groups.length - MAX_LISTED} more; see the JSON or HTML report`));
  }
}
