import type { PendingBump } from "../changesets/pending-bumps.ts";
import {
  countRemark,
  type DiffReport,
  groupLines,
  isBelow,
  listedLines,
  type NeededBump,
  neededBump,
  type ReportedLine,
  tooLow,
} from "./diff-report.ts";

/** Writes the report as text for a terminal. */
export function textReport(report: DiffReport): string {
  const { deprecations = [], lines, pending, remarks } = report;
  const deprecated = deprecations.map(({ level, text }) => `  ${level.padEnd(7)}  ${text}`);
  const ending = deprecated.length === 0 ? [] : ["", "Deprecations:", ...deprecated];
  if (lines.length === 0) return ["The contract has not changed since the last release.", ...ending].join("\n");
  const { listed, counted } = listedLines(lines, neededBump(report));
  return [
    summary(report),
    ...groupLines(listed).flatMap(({ heading, lines: group }) => [
      "",
      heading,
      ...group.flatMap((line) => describe(line, pending)),
    ]),
    "",
    ...(counted > 0 ? [`  patch  ${countRemark(counted)}`, ""] : []),
    ...remarks,
    "The pending changesets contain:",
    ...pending.map(describePending),
    remedy(report),
    ...ending,
  ].join("\n");
}

/** Returns one sentence: the number of changes and the bump that they need. */
export function summary(report: DiffReport): string {
  const { length } = report.lines;
  const [wire, types] = [neededBump(report, "wire"), neededBump(report, "types")];
  const reason = isBelow(wire, types) ? `, because of the types; requests and responses need a ${wire} bump` : "";
  return `The contract has ${length} change${length > 1 ? "s" : ""} since the last release, and needs a ${neededBump(report)} bump${reason}:`;
}

function describe({ action, broken, bump, pointer, why }: ReportedLine, pending: readonly PendingBump[]): string[] {
  const lacking = pending.filter((release) => isBelow(release.bump, bump)).map((release) => release.package);
  const packages = lacking.length === pending.length ? "every package" : lacking.join(", ");
  return [
    `  ${bump.padEnd(5)}  ${pointer}`,
    `         ${why}`,
    `         Consumers: ${action}`,
    ...(broken === undefined
      ? []
      : [
          `         Breaks: ${broken.map(({ consumer, because }) => `${consumer} (${because})`).join(", ") || "none of the consumers"}`,
        ]),
    ...(lacking.length === 0 ? [] : [`         Missing changeset: ${bump} bump of ${packages}`]),
  ];
}

function describePending({ bump, changesets, package: name }: PendingBump): string {
  return `  ${bump.padEnd(5)}  ${name}${changesets.length > 0 ? `, from ${changesets.join(", ")}` : ""}`;
}

/** Returns what to run if the changesets are too low. */
export function remedy(report: DiffReport): string {
  const packages = tooLow(report).map((pending) => pending.package);
  const needed: NeededBump = neededBump(report);
  if (packages.length === 0) return "They are sufficient.";
  return [
    `They are not sufficient: ${packages.join(", ")} need${packages.length > 1 ? "" : "s"} at least a ${needed} bump. Draft the changeset, then edit it to describe the change for consumers:`,
    "  npx -y pnpm@12 run changeset:draft",
  ].join("\n");
}
