import type { Exchange } from "../http/exchange.ts";
import type { Finding, Violation } from "./finding.ts";

/** A request counts as much as so many bytes of a body. */
const BYTES_OF_A_REQUEST = 1000;

/** Violations with the same key are one finding. */
export function keyOf({ code, operationId, subject }: Violation): string {
  return `${code} ${operationId ?? ""} ${subject ?? ""}`;
}

/** The code of a violation, and the operation and the part of it that it concerns. No two findings have the same. */
export function nameOf({ code, operationId, subject }: Pick<Violation, "code" | "operationId" | "subject">): string {
  return [code, operationId, subject].filter((each) => each !== undefined).join(" · ");
}

/** The fewer requests and the shorter their bodies, the easier a sequence is to read. */
export function weightOf(exchanges: readonly Exchange[]): number {
  return exchanges.reduce((sum, { request }) => sum + BYTES_OF_A_REQUEST + Buffer.byteLength(request.body ?? ""), 0);
}

/** Findings of one defect: the same check expected and received the same in several places. */
export interface FindingGroup {
  readonly finding: Finding;
  /** The others, which reports only name. */
  readonly others: readonly Finding[];
}

/** Groups findings, in their order. */
export function groupsOf(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, { readonly finding: Finding; readonly others: Finding[] }>();
  for (const finding of findings) {
    const { code, expected, received, expectedFailure } = finding;
    const key = JSON.stringify([code, expected, received, expectedFailure]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { finding, others: [] });
    else known.others.push(finding);
  }
  return [...groups.values()];
}

/** Errors first, then what more scenarios found. */
export function worstFirst(one: Finding, other: Finding): number {
  if (one.severity !== other.severity) return one.severity === "error" ? -1 : 1;
  if (one.occurrences !== other.occurrences) return other.occurrences - one.occurrences;
  return keyOf(one) < keyOf(other) ? -1 : 1;
}
