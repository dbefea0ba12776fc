import type { FindingGroup } from "../findings/compare.ts";
import type { Finding, Source } from "../findings/finding.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Report } from "../run/report.ts";

/** The file of the contract, as a person finds it in the documentation of the package. */
const CONTRACT_FILE = "@memory-api/spec/openapi.yaml";
/** Where the same file is in a repository that has installed the package. Annotations of other paths lead nowhere. */
export const CONTRACT_PATH = "node_modules/@memory-api/spec/dist/openapi.yaml";

/** Control and format characters could change a terminal, or hide a part of a text. Returns them as escapes, on one line. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
}

/** Replaces halves of surrogate pairs, which no document can contain. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

export function describeSource(source: Source, line?: number): string {
  if (source.kind === "standard") return source.section;
  return `${CONTRACT_FILE}${line === undefined ? "" : `:${line}`} ${source.pointer}`;
}

/** The other places of a defect; `undefined` if there are none. */
export function describeOthers({ others }: FindingGroup): string | undefined {
  if (others.length === 0) return undefined;
  return others
    .map(({ operationId, subject }) => [operationId ?? "no operation", subject].filter(Boolean).join(" · "))
    .join(", ");
}

/** The options that repeat the scenario of a finding. */
export function repeatOptions({ repeat }: Finding): string {
  return `--only ${repeat.scenario} --seed ${repeat.seed}`;
}

/** How long accepted writes took to become visible; `undefined` if nothing waited for one. */
export function describeLag({ lag }: Report): string | undefined {
  if (lag === undefined) return undefined;
  const { count, p50Ms, p99Ms } = lag;
  return `${count} accepted writes were visible after ${p50Ms.toFixed(0)} ms (median) and ${p99Ms.toFixed(0)} ms (99th percentile)`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** A body as text, or as base64 if it is not valid UTF-8. */
export interface DescribedBody {
  readonly bytes: number;
  /** Whether only its beginning is shown. */
  readonly isCut: boolean;
  readonly text?: string;
  readonly base64?: string;
}

export function describeBody(body: string | Uint8Array, maxBytes: number): DescribedBody {
  const bytes = Buffer.from(body);
  const isCut = bytes.length > maxBytes;
  const shown = bytes.subarray(0, maxBytes);
  // The cut can be inside of a character.
  const text = new TextDecoder().decode(shown, { stream: isCut });
  const isText = !text.includes("\ufffd");
  return {
    bytes: bytes.length,
    isCut,
    ...(isText ? { text } : { base64: shown.toString("base64") }),
  };
}

/** The headers of a message as pairs, one for each value. */
export function headerPairs(headers: Readonly<Record<string, string | readonly string[]>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each]),
  );
}

/** The first paragraph of an explanation, on one line. */
export function firstParagraph(explanation: string): string {
  return (explanation.split("\n\n", 1)[0] ?? "").replaceAll(/\s+/g, " ");
}

/** Documented responses that were not received, by status: their causes, and the operations. */
export function notProvokedByStatus({ coverage }: Report) {
  const groups = new Map<string, { status: string; provokedBy: string; operationIds: string[] }>();
  for (const { status, provokedBy, operationId } of coverage.notProvoked) {
    const key = `${status} ${provokedBy}`;
    const group = groups.get(key) ?? { status, provokedBy, operationIds: [] };
    if (!group.operationIds.includes(operationId)) group.operationIds.push(operationId);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Number(a.status) - Number(b.status));
}

/** What was not run, by reason. */
export function notRunByReason({ notRun }: Report) {
  const groups = new Map<string, string[]>();
  for (const { scenario, reason } of notRun) groups.set(reason, [...(groups.get(reason) ?? []), scenario]);
  return [...groups].map(([reason, scenarios]) => ({ reason, scenarios: scenarios.sort() }));
}

/** Whether the last exchange of a finding is the one that broke the contract. */
export function lastExchange({ exchanges }: Finding): Exchange | undefined {
  return exchanges.at(-1);
}
