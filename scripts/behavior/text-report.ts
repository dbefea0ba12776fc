import type { NeededBump } from "../diff/report/diff-report.ts";
import type { JudgedFinding } from "./judge-findings.ts";
import type { InstalledRelease } from "./last-release.ts";
import type { KitFinding, KitReport } from "./run-kit.ts";

export interface Behavior {
  kit: InstalledRelease;
  /** The version bump since the kit was released. */
  bump: NeededBump;
  report: KitReport;
  judged: readonly JudgedFinding[];
}

/** Describes what the kit of the last release found in the new server, and whether it may be released. */
export function behaviorReport({ kit, bump, report, judged }: Behavior): string {
  const { scenarios, requests, verdict } = report;
  const unexplained = judged.filter(({ explanation }) => explanation === undefined).length;
  return [
    `The conformance kit ${kit.version} (from ${kit.source}) against the new server: ${scenarios} scenarios, ${requests} requests.`,
    ...judged.map(({ finding, explanation }) => describeFinding(finding, explanation)),
    ...(judged.length === 0 || verdict.exitCode === 2
      ? verdict.reasons
      : [conclusion(judged.length, unexplained, bump)]),
  ].join("\n\n");
}

/** Lists what the new kit requires and the last release does not do. */
export function changesReport(server: InstalledRelease, { scenarios, findings, verdict }: KitReport): string {
  const names = findings.map((finding) => `  ${nameOf(finding)}: ${finding.title}`);
  const heading = `\nThe new conformance kit against the server ${server.version} (from ${server.source}): ${scenarios} scenarios.`;
  if (verdict.exitCode === 2) return [heading, ...verdict.reasons].join("\n");
  if (names.length === 0) return `${heading} It finds nothing: the last release already behaves like the new one.`;
  return [`${heading} The last release does not yet behave as follows:`, ...names].join("\n");
}

function describeFinding(finding: KitFinding, explanation: string | undefined): string {
  const { title, expected, received, curl, repeat } = finding;
  const details = [
    `${explanation === undefined ? "NOT EXPLAINED" : "explained"}  ${nameOf(finding)}: ${title}`,
    `  expected  ${expected}`,
    `  received  ${received}`,
    `  repeat    npx -y pnpm@12 run behavior --only ${repeat.scenario} --seed ${repeat.seed}`,
  ];
  if (explanation !== undefined) return [...details, `  because   ${explanation}`].join("\n");
  return [
    ...details,
    ...curl
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
  ].join("\n");
}

function conclusion(findings: number, unexplained: number, bump: NeededBump): string {
  if (unexplained === 0) return `The bump (${bump}) explains every finding.`;
  return [
    `The bump of the next release (${bump}) does not explain ${unexplained} of ${findings} findings. Restore the behavior, or add a`,
    "changeset with a major bump: npx -y pnpm@12 changeset. If the released kit is wrong, add the finding to",
    "scripts/behavior/expected-failures.yaml. docs/versioning.md states what a bump explains.",
  ].join("\n");
}

function nameOf({ code, operationId }: KitFinding): string {
  return operationId === undefined ? code : `${code} of ${operationId}`;
}
