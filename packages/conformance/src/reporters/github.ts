import { type FindingGroup, groupsOf, nameOf } from "../findings/compare.ts";
import { toCurl } from "../findings/curl.ts";
import { verdictOf } from "../run/verdict.ts";
import {
  CONTRACT_PATH,
  describeLag,
  describeOthers,
  describeSource,
  notProvokedByStatus,
  notRunByReason,
  printable,
  repeatOptions,
  seconds,
} from "./describe.ts";
import type { FinishedRun } from "./reporter.ts";

const MAX_CURL = 4000;
/** GitHub rejects a step summary of more than 1 MiB. */
const MAX_SUMMARY = 900_000;

/** Workflow commands that annotate the line of the contract that each finding violates. */
export function githubAnnotations({ report }: FinishedRun): string {
  const { exitCode, reasons } = verdictOf(report);
  const commands = [
    ...groupsOf(report.findings).map(annotationOf),
    ...(exitCode === 0 ? [] : reasons.slice(report.findings.length > 0 ? 1 : 0)).map((reason) =>
      command("error", {}, printable(reason)),
    ),
    ...report.flaky.map((note) => {
      const text = `Failed once, but not when ${note.scenario} was repeated: expected ${note.expected}; received ${note.received}`;
      return command("notice", { title: `Flaky: ${nameOf(note)}` }, printable(text));
    }),
  ];
  return commands.map((each) => `${each}\n`).join("");
}

function annotationOf(group: FindingGroup): string {
  const { finding } = group;
  const others = describeOthers(group);
  const { severity, expected, received, source, line = 1 } = finding;
  const message = [
    ...(others === undefined ? [] : [`Also in: ${printable(others)}`]),
    `Expected: ${printable(expected)}`,
    `Received: ${printable(received)}`,
    `Stated in: ${printable(describeSource(source, finding.line))}`,
    `Reproduce: ${printable(repeatOptions(finding))}`,
  ].join("\n");
  return command(
    severity,
    { file: CONTRACT_PATH, line: String(line), title: printable(`${finding.title} (${nameOf(finding)})`) },
    message,
  );
}

function command(name: "error" | "warning" | "notice", properties: Readonly<Record<string, string>>, message: string) {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name}${list.length > 0 ? ` ${list.join(",")}` : ""}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** The summary of a workflow step, in Markdown. */
export function stepSummary({ report, phases }: FinishedRun): string {
  const { exitCode, reasons } = verdictOf(report);
  const mark = exitCode === 0 ? "✅" : exitCode === 1 ? "❌" : "⚠️";
  const { findings, flaky, coverage } = report;
  const lag = describeLag(report);
  const ran = phases.filter(({ scenarios, notRun }) => scenarios.length + notRun.length > 0);
  const blocks = [
    `## ${mark} Conformance to the Memory API`,
    reasons.map(escapeMarkdown).join("\n\n"),
    `${code(report.baseUrl)}, contract ${code(report.contractVersion)}, seed ${code(String(report.seed))}, run ID ${code(report.runId)}: ${report.scenarios} scenarios, ${report.requests} requests, ${seconds(report.ms)}, coverage ${coverage.percent} %.`,
    ...(findings.length > 0 ? ["### Findings", ...groupsOf(findings).map(findingBlock)] : []),
    ...(flaky.length > 0
      ? [
          "### Flaky",
          table(
            ["Check", "Scenario", "Received"],
            flaky.map((note) => [code(nameOf(note)), code(note.scenario), code(note.received)]),
          ),
        ]
      : []),
    ...(report.notes.length > 0
      ? ["### Notes", ...report.notes.map(({ scenario, text }) => `- ${code(scenario)}: ${escapeMarkdown(text)}`)]
      : []),
    ...(lag === undefined ? [] : [`${lag}.`]),
    "### Phases",
    table(
      ["Phase", "Passed", "Failed", "Flaky", "Not run"],
      ran.map(({ title, scenarios, notRun }) => {
        const of = (outcome: string) => String(scenarios.filter((each) => each.outcome === outcome).length);
        return [escapeMarkdown(title), of("passed"), of("failed"), of("flaky"), String(notRun.length)];
      }),
    ),
    details(
      `Not run: ${report.notRun.length}`,
      table(
        ["Reason", "Scenarios"],
        notRunByReason(report).map(({ reason, scenarios }) => [escapeMarkdown(reason), scenarios.map(code).join(", ")]),
      ),
    ),
    details(
      `Documented responses that were not received: ${coverage.notProvoked.length}`,
      table(
        ["Status", "Requires", "Operations"],
        notProvokedByStatus(report).map(({ status, provokedBy, operationIds }) => [
          status,
          escapeMarkdown(provokedBy),
          operationIds.map(code).join(", "),
        ]),
      ),
    ),
  ];
  const text = blocks.join("\n\n");
  return text.length <= MAX_SUMMARY
    ? `${text}\n`
    : `${blocks.slice(0, 3).join("\n\n")}\n\nThe rest of the summary is too long for GitHub.\n`;
}

function findingBlock(group: FindingGroup): string {
  const { finding } = group;
  const others = describeOthers(group);
  const curl = toCurl(finding.exchanges, finding.people);
  const rows = [
    ...(others === undefined ? [] : [["Also in", code(others)]]),
    ["Expected", code(finding.expected)],
    ["Received", code(finding.received)],
    ["Stated in", code(describeSource(finding.source, finding.line))],
    ["Fix in", `the ${finding.blame}`],
    ["Reproduce", code(repeatOptions(finding))],
  ];
  return `**${finding.severity}: ${escapeMarkdown(finding.title)}** (${code(nameOf(finding))})

${table(["", ""], rows)}

${details("curl", curl.length > MAX_CURL ? "The curl commands are too long to show. See the JSON or HTML report." : fence(curl))}`;
}

function details(summary: string, content: string): string {
  return `<details><summary>${escapeMarkdown(summary)}</summary>\n\n${content}\n\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** A code span that also works in a table. */
function code(text: string): string {
  const shown = printable(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return shown === "" ? "" : `${ticks}${longest > 0 ? ` ${shown} ` : shown}${ticks}`;
}

function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}sh\n${text}\n${ticks}`;
}

function escapeMarkdown(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()#+!|~@]/g, "\\$&");
}
