import { nameOf } from "../findings/compare.ts";
import { toCurl } from "../findings/curl.ts";
import type { Finding } from "../findings/finding.ts";
import { verdictOf } from "../run/verdict.ts";
import { describeSource, repeatOptions, wellFormed } from "./describe.ts";
import type { FinishedPhase, FinishedRun, FinishedScenario } from "./reporter.ts";

/** JUnit XML: a suite for each phase, a test case for each scenario. */
export function junitReport({ report, phases }: FinishedRun): string {
  const findings = new Map([...report.findings, ...report.expectedFailures].map((each) => [nameOf(each), each]));
  const suites = phases.filter(({ scenarios, notRun }) => scenarios.length + notRun.length > 0);
  const run = runSuite({ report, phases });
  const cases = suites.flatMap((phase) => phase.scenarios.map((scenario) => outcomeOf(scenario, findings)));
  const attributes = attributesOf({
    name: "Conformance to the Memory API",
    tests: cases.length + suites.reduce((sum, { notRun }) => sum + notRun.length, 0) + run.failures,
    failures: cases.filter((each) => each === "failure").length + run.failures,
    errors: 0,
    time: (report.ms / 1000).toFixed(3),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites ${attributes}>
${[...suites.map((phase) => suiteOf(phase, findings)), run.xml].filter((xml) => xml !== "").join("\n")}
</testsuites>
`;
}

type Findings = ReadonlyMap<string, Finding>;

function suiteOf({ name, ms, scenarios, notRun }: FinishedPhase, findings: Findings): string {
  const outcomes = scenarios.map((scenario) => outcomeOf(scenario, findings));
  const attributes = attributesOf({
    name,
    tests: scenarios.length + notRun.length,
    failures: outcomes.filter((each) => each === "failure").length,
    errors: 0,
    skipped: notRun.length + outcomes.filter((each) => each === "skipped").length,
    time: (ms / 1000).toFixed(3),
  });
  const cases = [
    ...scenarios.map((scenario) => caseOf(name, scenario, findings)),
    ...notRun.map(
      ({ scenario, reason }) =>
        `    <testcase ${attributesOf({ classname: name, name: scenario, time: "0" })}>\n      <skipped ${attributesOf({ message: reason })}/>\n    </testcase>`,
    ),
  ];
  return `  <testsuite ${attributes}>\n${cases.join("\n")}\n  </testsuite>`;
}

/** A scenario fails if a finding that is not expected was confirmed in it. */
function outcomeOf({ findings: found }: FinishedScenario, findings: Findings): "passed" | "failure" | "skipped" {
  if (found.length === 0) return "passed";
  const isExpected = found.every((each) => findings.get(nameOf(each))?.expectedFailure !== undefined);
  return isExpected ? "skipped" : "failure";
}

function caseOf(phase: string, scenario: FinishedScenario, findings: Findings): string {
  const attributes = attributesOf({ classname: phase, name: scenario.name, time: (scenario.ms / 1000).toFixed(3) });
  const confirmed = scenario.findings.flatMap((each) => findings.get(nameOf(each)) ?? []);
  const failures = confirmed.filter(({ expectedFailure }) => expectedFailure === undefined);
  const shown = failures.map((finding) => {
    const message = `${finding.title}: expected ${finding.expected}; received ${finding.received}`;
    return `<failure ${attributesOf({ type: nameOf(finding), message })}>${escapeXml(detailsOf(finding))}</failure>`;
  });
  if (outcomeOf(scenario, findings) === "skipped") {
    const reasons = confirmed.flatMap(({ expectedFailure }) => expectedFailure?.reason ?? []);
    shown.push(`<skipped ${attributesOf({ message: `Expected failure: ${reasons.join("; ")}` })}/>`);
  }
  if (scenario.outcome === "flaky") {
    shown.push("<system-out>Failed once, but not when the scenario was repeated.</system-out>");
  }
  if (shown.length === 0) return `    <testcase ${attributes}/>`;
  return `    <testcase ${attributes}>\n${shown.map((each) => `      ${each}`).join("\n")}\n    </testcase>`;
}

function detailsOf(finding: Finding): string {
  return `Expected: ${finding.expected}
Received: ${finding.received}
Stated in: ${describeSource(finding.source, finding.line)}
Fix in: the ${finding.blame}
Reproduce: ${repeatOptions(finding)}

${toCurl(finding.exchanges, finding.people)}`;
}

/** What fails the run as a whole, so that a reader of this file alone sees it. */
function runSuite({ report }: FinishedRun): { readonly xml: string; readonly failures: number } {
  const { exitCode, reasons } = verdictOf(report);
  const failures = exitCode === 0 ? [] : reasons.filter((_, at) => at > 0 || report.findings.length === 0);
  if (failures.length === 0) return { xml: "", failures: 0 };
  const attributes = attributesOf({ name: "run", tests: failures.length, failures: failures.length, errors: 0 });
  const cases = failures.map((reason, at) => {
    const test = attributesOf({ classname: "run", name: `run/${at + 1}`, time: "0" });
    return `    <testcase ${test}>\n      <failure ${attributesOf({ type: "run", message: reason })}/>\n    </testcase>`;
  });
  return { xml: `  <testsuite ${attributes}>\n${cases.join("\n")}\n  </testsuite>`, failures: failures.length };
}

function attributesOf(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value)).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;")}"`)
    .join(" ");
}

/** Escapes text for XML 1.0. Characters that it cannot contain are replaced. */
function escapeXml(text: string): string {
  return (
    wellFormed(text)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 does not allow these characters
      .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("'", "&apos;")
      .replaceAll("\r", "&#13;")
  );
}
