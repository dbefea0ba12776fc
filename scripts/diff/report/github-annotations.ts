import type { DeprecationRemark } from "../deprecations/deprecation-remarks.ts";
import { type DiffReport, isBelow, listedLines, neededBump, type ReportedLine } from "./diff-report.ts";
import { sourceLocation } from "./source-location.ts";
import { remedy } from "./text-report.ts";

/**
 * Writes the report as commands of GitHub Actions, which show each change at its line in `spec/`: an error if a changeset is too low for
 * it, a warning if it breaks consumers, else a notice.
 *
 * @param spec path of the folder `spec/`, with a trailing slash
 */
export async function githubAnnotations(report: DiffReport, spec: string): Promise<string> {
  const { listed } = listedLines(report.lines, neededBump(report));
  const lines = await Promise.all(listed.map((line) => annotate(line, report, spec)));
  const errors = lines.filter((line) => line.startsWith("::error"));
  const deprecations = await Promise.all(
    (report.deprecations ?? []).map((remark) => annotateDeprecation(remark, spec)),
  );
  return [
    ...lines,
    ...(errors.length > 0 ? [`::error title=Changeset::${escapeData(remedy(report))}`] : []),
    ...deprecations,
  ].join("\n");
}

async function annotateDeprecation({ level, pointer, text }: DeprecationRemark, spec: string): Promise<string> {
  const { file, line } = await sourceLocation(pointer, spec);
  return `::${level} file=${escapeProperty(`spec/${file}`)},line=${line},title=Deprecation::${escapeData(text)}`;
}

async function annotate(
  { action, bump, pointer, why }: ReportedLine,
  { pending }: DiffReport,
  spec: string,
): Promise<string> {
  const isMissing = pending.some((release) => isBelow(release.bump, bump));
  const level = isMissing ? "error" : bump === "major" ? "warning" : "notice";
  const { file, line } = await sourceLocation(pointer, spec);
  const title = `${bump} change of the contract`;
  return `::${level} file=${escapeProperty(`spec/${file}`)},line=${line},title=${escapeProperty(title)}::${escapeData(`${why} Consumers: ${action}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
