import type { PendingBump } from "../changesets/pending-bumps.ts";
import type { BrokenConsumer } from "../consumers/broken-consumers.ts";
import type { ContractChange } from "../contract-changes.ts";
import type { DeprecationRemark } from "../deprecations/deprecation-remarks.ts";
import type { Bump } from "../rating/reported-change.ts";

export type NeededBump = Bump | "none";

/** A change, and the consumers that it breaks, if manifests were given. */
export interface ReportedLine extends ContractChange {
  broken?: BrokenConsumer[];
}

/** Everything that `run diff` says, in every format. */
export interface DiffReport {
  lines: readonly ReportedLine[];
  /** The changesets since the last release, per package of the contract. */
  pending: readonly PendingBump[];
  /** Remarks on the manifests, such as one of another version. */
  remarks: readonly string[];
  /** What is deprecated, and what was removed too early. */
  deprecations?: readonly DeprecationRemark[];
}

const BUMPS: readonly NeededBump[] = ["none", "patch", "minor", "major"];

/** Returns the highest of these bumps. */
export function highest(bumps: readonly NeededBump[]): NeededBump {
  return BUMPS.findLast((bump) => bumps.includes(bump)) ?? "none";
}

export function isBelow(one: NeededBump, other: NeededBump): boolean {
  return BUMPS.indexOf(one) < BUMPS.indexOf(other);
}

export function neededBump({ lines }: Pick<DiffReport, "lines">, gate?: ContractChange["gate"]): NeededBump {
  return highest(lines.filter((line) => gate === undefined || line.gate === gate).map(({ bump }) => bump));
}

/** Returns the packages whose changesets contain less than the contract needs. */
export function tooLow(report: DiffReport): PendingBump[] {
  const needed = neededBump(report);
  return report.pending.filter(({ bump }) => isBelow(bump, needed));
}

/** Whether the changesets are high enough, and nothing deprecated was removed too early. */
export function isPassed(report: DiffReport): boolean {
  return tooLow(report).length === 0 && !report.deprecations?.some(({ level }) => level === "error");
}

/** Lines that the same operations use, breaking lines first. */
export interface LineGroup {
  heading: string;
  lines: ReportedLine[];
}

/** Groups lines by the operations that they concern, the group with the highest bump first. */
export function groupLines(lines: readonly ReportedLine[]): LineGroup[] {
  const groups = new Map<string, ReportedLine[]>();
  for (const line of lines) {
    const heading = headingFor(line);
    const group = groups.get(heading);
    if (group === undefined) groups.set(heading, [line]);
    else group.push(line);
  }
  const rank = ({ bump }: ReportedLine) => -BUMPS.indexOf(bump);
  return [...groups]
    .map(([heading, group]) => ({ heading, lines: group.toSorted((a, b) => rank(a) - rank(b)) }))
    .toSorted((a, b) => Math.min(...a.lines.map(rank)) - Math.min(...b.lines.map(rank)));
}

/**
 * Returns the lines that a report for people lists one by one. Changes of prose are so many that they hide the others: they are counted
 * unless there is nothing else.
 */
export function listedLines(
  lines: readonly ReportedLine[],
  needed: NeededBump,
): { listed: ReportedLine[]; counted: number } {
  const listed = lines.filter(({ bump }) => bump !== "patch" || needed === "patch");
  return { listed, counted: lines.length - listed.length };
}

/** Returns a remark on the changes that a report counts. */
export function countRemark(counted: number): string {
  return `${counted} change${counted > 1 ? "s" : ""} of descriptions, examples or notation, without effect on programs`;
}

function headingFor({ uses, pointer }: ReportedLine): string {
  const endpoints = new Map(uses.map(({ operation, endpoint }) => [operation, endpoint]));
  const [first] = endpoints;
  if (first === undefined) return pointer.startsWith("#/components") ? "No operation" : "The contract as a whole";
  if (endpoints.size > 1) return [...endpoints.keys()].join(", ");
  const [operation, endpoint] = first;
  return operation === endpoint ? endpoint : `${operation} (${endpoint})`;
}
