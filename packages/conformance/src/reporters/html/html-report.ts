import { createHash } from "node:crypto";
import { groupsOf, nameOf } from "../../findings/compare.ts";
import type { Report } from "../../run/report.ts";
import { verdictOf } from "../../run/verdict.ts";
import { describeLag, notRunByReason, seconds } from "../describe.ts";
import type { FinishedPhase, FinishedRun } from "../reporter.ts";
import { coverageSection, METER_STYLE } from "./coverage.ts";
import { findingCard, findingIndex } from "./findings.ts";
import { html, Markup } from "./markup.ts";
import { SCRIPT, STYLE } from "./style.ts";

const CLASSES = { 0: "kept", 1: "broken", 2: "untested" } as const;

/** One HTML file without external resources. Its policy allows only its own style and script. */
export function htmlReport({ report, phases }: FinishedRun): string {
  const style = `${STYLE}${METER_STYLE}\n`;
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(SCRIPT)}'`;
  const { exitCode } = verdictOf(report);
  const { title, others } = headlineOf(report);
  const { findings, flaky, notRun, coverage, expectedFailures } = report;
  const groups = groupsOf(findings);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title} · Conformance to the Memory API</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
<section class="card verdict ${CLASSES[exitCode]}">
<p class="small soft">Conformance to the Memory API</p>
<h1>${title}</h1>
${others.map((reason) => html`<p>${reason}</p>`)}
<p class="facts">${facts({ report, phases }).map(([name, value]) => html`<span>${name} <b>${value}</b></span>`)}</p>
</section>
<section class="tiles">
${tile(errors, "errors", errors > 0 ? "red" : "green")}
${tile(findings.length - errors, "warnings", findings.length > errors ? "amber" : "green")}
${tile(flaky.length, "flaky", flaky.length > 0 ? "amber" : "")}
${tile(expectedFailures.length, "expected failures", "")}
${tile(notRun.length, "not run", "")}
${tile(`${coverage.percent} %`, "coverage", "")}
</section>
${findings.length > 0 && html`<h2 id="findings">Findings</h2>${findingIndex(groups)}${groups.map(findingCard)}`}
<h2 id="phases">Phases</h2>
<div class="card scroll"><table><thead><tr><th>Phase</th><th class="number">Passed</th><th class="number">Failed</th><th class="number">Flaky</th><th class="number">Not run</th><th class="number">Time</th></tr></thead>
<tbody>${phases.map(phaseRow)}</tbody></table></div>
${coverageSection(report)}
${flakySection({ report, phases })}
${expectedFailures.length > 0 && html`<h2>Expected failures</h2>${groupsOf(expectedFailures).map((each, at) => findingCard(each, groups.length + at))}`}
${notesSection(report)}
${notRun.length > 0 && html`<h2>Not run</h2><div class="card">${notRunByReason(report).map(({ reason, scenarios }) => html`<details><summary>${reason}: ${scenarios.length}</summary><ul class="plain small">${scenarios.map((each) => html`<li><code>${each}</code></li>`)}</ul></details>`)}</div>`}
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

/** The first reason, unless it alone does not say what the run means. */
function headlineOf(report: Report): { readonly title: string; readonly others: readonly string[] } {
  const { exitCode, reasons } = verdictOf(report);
  const [first = "", ...others] = reasons;
  if (exitCode === 2) return { title: "The implementation could not be tested", others: reasons };
  if (exitCode === 1 && report.findings.length === 0) return { title: "The run failed", others: reasons };
  return { title: first.replace(/\.$/, ""), others };
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

function facts({ report }: FinishedRun): [string, string][] {
  return [
    ["Base URL", report.baseUrl],
    ["Contract", report.contractVersion],
    ["Seed", String(report.seed)],
    ["Run ID", report.runId],
    ["Scenarios", String(report.scenarios)],
    ["Requests", String(report.requests)],
    ["Time", seconds(report.ms)],
  ];
}

function tile(value: number | string, name: string, color: string): Markup {
  return html`<div class="tile ${color}"><b>${value}</b><span>${name}</span></div>`;
}

function phaseRow({ title, name, ms, scenarios, notRun }: FinishedPhase): Markup {
  const of = (outcome: string) => scenarios.filter((each) => each.outcome === outcome).length;
  const cells = [of("passed"), of("failed"), of("flaky"), notRun.length];
  return html`<tr><td>${title} <code class="soft">${name}</code></td>${cells.map((each) => html`<td class="number">${each}</td>`)}<td class="number">${seconds(ms)}</td></tr>`;
}

function notesSection(report: Report): Markup | string {
  const lag = describeLag(report);
  if (report.notes.length === 0 && lag === undefined) return "";
  return html`<h2>Notes</h2>
<div class="card">${lag !== undefined && html`<p>${lag}.</p>`}
<ul class="plain">${report.notes.map(({ scenario, text }) => html`<li><code>${scenario}</code>: ${text}</li>`)}</ul></div>`;
}

function flakySection({ report }: FinishedRun): Markup | string {
  if (report.flaky.length === 0) return "";
  return html`<h2>Flaky</h2>
<div class="card scroll"><p class="small soft">These failed once, but not when their scenario was repeated. They do not fail the run.</p>
<table><thead><tr><th>Check</th><th>Scenario</th><th>Expected</th><th>Received</th></tr></thead>
<tbody>${report.flaky.map((note) => html`<tr><td><code>${nameOf(note)}</code></td><td><code>${note.scenario}</code></td><td>${note.expected}</td><td>${note.received}</td></tr>`)}</tbody></table></div>`;
}
