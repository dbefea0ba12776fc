import { CHECKS } from "../../checks/catalogue.ts";
import type { FindingGroup } from "../../findings/compare.ts";
import { toCurl } from "../../findings/curl.ts";
import type { Exchange } from "../../http/exchange.ts";
import { count } from "../../run/verdict.ts";
import { describeBody, describeOthers, describeSource, headerPairs, repeatOptions } from "../describe.ts";
import { html, type Markup, withCode } from "./markup.ts";

const MAX_BODY = 8192;
/** Of a longer sequence, the first and the last exchanges are shown. */
const MAX_EXCHANGES = 20;

/** A longer list than this has an index. */
const MAX_WITHOUT_INDEX = 3;

/** Links to the findings, if there are many. */
export function findingIndex(groups: readonly FindingGroup[]): Markup | string {
  if (groups.length <= MAX_WITHOUT_INDEX) return "";
  return html`<div class="card scroll"><table><tbody>${groups.map(
    ({ finding: { severity, title, code, operationId = "", subject = "" } }, at) =>
      html`<tr><td><span class="badge ${severity}">${severity}</span></td><td><a href="#finding-${at + 1}">${withCode(title)}</a></td><td><code>${code}</code></td><td><code>${operationId}</code></td><td><code>${subject}</code></td></tr>`,
  )}</tbody></table></div>`;
}

/** @param at its index in the list of groups */
export function findingCard(group: FindingGroup, at: number): Markup {
  const { finding } = group;
  const others = describeOthers(group);
  const { code, severity, title, operationId, subject, occurrences, expected, received, blame, expectedFailure } =
    finding;
  const explanation = CHECKS.get(code)?.explanation.split("\n\n") ?? [];
  return html`<article class="card finding" id="finding-${at + 1}">
<header><span class="badge ${severity}">${severity}</span><h3>${withCode(title)}</h3></header>
<p class="small soft"><code>${code}</code>${operationId !== undefined && html` · <code>${operationId}</code>`}${subject !== undefined && html` · <code>${subject}</code>`}${occurrences > 1 && html` · in ${count(occurrences, "scenario")}`}</p>
${expectedFailure !== undefined && html`<p>Expected since ${expectedFailure.since}: ${expectedFailure.reason}</p>`}
<div class="compare">
<div class="expected"><h4>Expected</h4><pre>${expected}</pre></div>
<div class="received"><h4>Received</h4><pre>${received}</pre></div>
</div>
<dl>
${others !== undefined && html`<dt>Also in</dt><dd><code>${others}</code></dd>`}
<dt>Stated in</dt><dd><code>${describeSource(finding.source, finding.line)}</code></dd>
<dt>Fix in</dt><dd>the ${blame}</dd>
<dt>Reproduce</dt><dd><code>${repeatOptions(finding)}</code></dd>
</dl>
<details><summary>Why it matters, and how to fix it</summary>${explanation.map((each) => html`<p>${withCode(each)}</p>`)}</details>
<details open><summary>Reproduce with curl</summary><div><button class="copy" type="button" hidden>Copy</button><pre>${toCurl(finding.exchanges, finding.people)}</pre></div></details>
${exchangeList(finding.exchanges)}
</article>`;
}

function exchangeList(exchanges: readonly Exchange[]): Markup {
  const half = MAX_EXCHANGES / 2;
  const isLong = exchanges.length > MAX_EXCHANGES;
  const shown = isLong ? [...exchanges.slice(0, half), ...exchanges.slice(-half)] : exchanges;
  return html`<details><summary>${count(exchanges.length, "request and response", "requests and responses")}</summary>
${isLong && html`<p class="small soft">The first ${half} and the last ${half} are shown.</p>`}
${shown.map((each, at) => exchangeItem(each, isLong && at >= half ? exchanges.length - shown.length + at : at))}
</details>`;
}

function exchangeItem({ request, response, ms }: Exchange, at: number): Markup {
  const head = `${request.method} ${request.url}\n${lines(headerPairs(request.headers))}`;
  const status = `HTTP ${response.status}\n${lines(headerPairs(response.headers))}`;
  return html`<div class="exchange"><p class="small"><b>${at + 1}.</b> <code>${request.method} ${request.url}</code> → <span class="status">${response.status}</span> <span class="soft">${ms.toFixed(0)} ms</span></p>
<div class="compare">
<div><h4>Request</h4><pre>${head}${request.body !== undefined && `\n${bodyText(request.body)}`}</pre></div>
<div><h4>Response</h4><pre>${status}${response.body.length > 0 && `\n${bodyText(response.body)}`}</pre></div>
</div></div>`;
}

function lines(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${name}: ${value}\n`).join("");
}

function bodyText(body: string | Uint8Array): string {
  const { bytes, isCut, text, base64 } = describeBody(body, MAX_BODY);
  const shown = text === undefined ? `${bytes} bytes in base64:\n${base64}` : isCut ? text : indented(text);
  return isCut ? `${shown}\n… ${bytes - MAX_BODY} more bytes` : shown;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
