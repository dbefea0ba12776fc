import type { Coverage, OperationCoverage, Sides } from "../../coverage/coverage.ts";
import type { Report } from "../../run/report.ts";
import { notProvokedByStatus } from "../describe.ts";
import { html, type Markup } from "./markup.ts";

export function coverageSection(report: Report): Markup {
  const { coverage } = report;
  return html`<h2 id="coverage">Coverage</h2>
<div class="card">
<p>${meter(coverage.covered, coverage.total)}<b>${coverage.percent} %</b> of what the contract documents: ${coverage.covered} of ${coverage.total}. Each documented response counts once. Each media type, parameter and keyword of a body schema counts twice: for a valid value and for an invalid one.</p>
<h3>Responses</h3>
<p class="small soft">How often each documented response was received. Responses that were not received have a dashed border.</p>
<div class="scroll">${responseMatrix(coverage)}</div>
</div>
<div class="card">
<h3>Requests</h3>
<p class="small soft">How many of the rules of the contract a valid and an invalid value was sent for.</p>
<div class="scroll"><table><thead><tr><th>Operation</th><th>Media types</th><th>Parameters</th><th>Keywords of the body schema</th></tr></thead>
<tbody>${coverage.operations.map(requestRow)}</tbody></table></div>
${coverage.operations.map(missingValues)}
</div>
<div class="card">
<h3>Documented responses that were not received</h3>
<div class="scroll"><table><thead><tr><th>Status</th><th>Requires</th><th>Operations</th></tr></thead>
<tbody>${notProvokedByStatus(report).map(({ status, provokedBy, operationIds }) => html`<tr><td>${status}</td><td>${provokedBy}</td><td>${operationIds.map((id, at) => html`${at > 0 && ", "}<code>${id}</code>`)}</td></tr>`)}</tbody></table></div>
</div>`;
}

function responseMatrix({ operations }: Coverage): Markup {
  const statuses = [...new Set(operations.flatMap(({ responses }) => responses.map(({ status }) => status)))].sort();
  return html`<table class="matrix"><thead><tr><th>Operation</th>${statuses.map((status) => html`<th class="status-head">${status}</th>`)}</tr></thead>
<tbody>${operations.map(({ operationId, responses }) => html`<tr><td><code>${operationId}</code></td>${statuses.map((status) => cell(responses.filter((each) => each.status === status)))}</tr>`)}</tbody></table>`;
}

function cell(responses: OperationCoverage["responses"]): Markup {
  if (responses.length === 0) return html`<td class="cell"></td>`;
  const received = responses.reduce((sum, { count }) => sum + count, 0);
  const isSeen = responses.every(({ count }) => count > 0);
  return html`<td class="cell"><span class="${isSeen ? "seen" : "unseen"}">${received}</span></td>`;
}

function requestRow({ operationId, mediaTypes, parameters, keywords }: OperationCoverage): Markup {
  return html`<tr><td><code>${operationId}</code></td><td>${sidesMeter(mediaTypes)}</td><td>${sidesMeter(parameters)}</td><td>${sidesMeter(keywords)}</td></tr>`;
}

function sidesMeter(items: readonly Sides[]): Markup {
  if (items.length === 0) return html`<span class="soft">none</span>`;
  const counts = items.flatMap(({ valid, invalid }) => [valid, invalid]);
  return meterWithCount(counts.filter((each) => each > 0).length, counts.length);
}

function meterWithCount(covered: number, total: number): Markup {
  return html`${meter(covered, total)}${covered} of ${total}`;
}

/** Drawn by a width in percent of a fixed list of classes, since the policy of the page allows no style attribute. */
function meter(covered: number, total: number): Markup {
  const percent = total === 0 ? 0 : Math.floor((covered / total) * 20) * 5;
  return html`<span class="meter"><i class="w${percent}"></i></span>`;
}

/** The widths that a meter can have. */
export const METER_STYLE = Array.from({ length: 21 }, (_, at) => `.w${at * 5} { width: ${at * 5}%; }`).join("\n");

function missingValues({ operationId, mediaTypes, parameters, keywords }: OperationCoverage): Markup | string {
  const missing = [
    ...mediaTypes.map((each) => ({ ...each, name: `media type ${each.mediaType}` })),
    ...parameters.map((each) => ({ ...each, name: `${each.in} parameter ${each.name}` })),
    ...keywords.map((each) => ({ ...each, name: `${each.keyword} at ${each.pointer}` })),
  ].filter(({ valid, invalid }) => valid === 0 || invalid === 0);
  if (missing.length === 0) return "";
  return html`<details><summary><code>${operationId}</code>: ${missing.length} not covered</summary>
<ul class="plain small">${missing.map(({ name, valid, invalid }) => html`<li>${valid === 0 && invalid === 0 ? "Neither a valid nor an invalid value" : valid === 0 ? "No valid value" : "No invalid value"}: <code>${name}</code></li>`)}</ul></details>`;
}
