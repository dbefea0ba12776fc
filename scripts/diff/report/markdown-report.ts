import { countRemark, type DiffReport, groupLines, listedLines, neededBump, type ReportedLine } from "./diff-report.ts";
import { remedy, summary } from "./text-report.ts";

/** Writes the report as Markdown for a comment on a pull request. */
export function markdownReport(report: DiffReport): string {
  const { deprecations = [], lines, pending, remarks } = report;
  const deprecated = deprecations.map(
    ({ level, text }) => `- ${level === "notice" ? "" : `**${level}**: `}${escapeMarkdown(text)}`,
  );
  const ending = deprecated.length === 0 ? [] : ["### Deprecations", "", ...deprecated, ""];
  if (lines.length === 0) return ["The contract has not changed since the last release.", "", ...ending].join("\n");
  const hasConsumers = lines.some(({ broken }) => broken !== undefined);
  const columns = ["Bump", "Change", "What consumers must do", ...(hasConsumers ? ["Breaks"] : [])];
  const { listed, counted } = listedLines(lines, neededBump(report));
  const sections = groupLines(listed).flatMap(({ heading, lines: group }) => [
    `### ${escapeMarkdown(heading)}`,
    "",
    row(columns),
    row(columns.map(() => "---")),
    ...group.map((line) => row(cells(line))),
    "",
  ]);
  const bumps = pending.map(({ bump, package: name }) => row([`\`${name}\``, bump]));
  return [
    summary(report).replace(/:$/, "."),
    "",
    ...sections,
    ...(counted > 0 ? [`Patch: ${countRemark(counted)}.`, ""] : []),
    ...remarks.flatMap((remark) => [escapeMarkdown(remark), ""]),
    row(["Package", "Pending bump"]),
    row(["---", "---"]),
    ...bumps,
    "",
    ...remedy(report)
      .split("\n")
      .map((line) => line.replace(/^ {2}(.+)$/, "\n`$1`")),
    "",
    ...ending,
  ].join("\n");
}

function cells({ action, broken, bump, pointer, why }: ReportedLine): string[] {
  const consumers = broken?.map(({ consumer, because }) => `${consumer}: ${because}`).join("<br>");
  return [
    bump === "major" ? "**major**" : bump,
    `\`${pointer}\`<br>${escapeMarkdown(why)}`,
    action,
    ...(consumers === undefined ? [] : [escapeMarkdown(consumers || "none")]),
  ];
}

function row(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** Escapes what Markdown would read as HTML or as emphasis, outside code. */
function escapeMarkdown(text: string): string {
  return text.replace(/`[^`]*`|<br>|[<>*_]/g, (match) => (match.length > 1 ? match : `\\${match}`));
}
