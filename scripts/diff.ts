// `pnpm run diff` compares the contract with the last release, and fails if a change needs a higher version bump than the
// pending changesets contain, or if something deprecated was removed before its sunset date. `pnpm run changeset:draft` writes the
// changeset that is missing.
//
//   --format <text|markdown|json|github>   `text` by default
//   --consumers <files>                    usage manifests; reports which of these consumers a change breaks
//   --draft                                writes a changeset instead of a report
//   --build                                builds the bundle first
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { draftChangeset } from "./diff/changesets/draft-changeset.ts";
import { diffRepository } from "./diff/diff-repository.ts";
import { type DiffReport, isPassed, neededBump } from "./diff/report/diff-report.ts";
import { githubAnnotations } from "./diff/report/github-annotations.ts";
import { markdownReport } from "./diff/report/markdown-report.ts";
import { textReport } from "./diff/report/text-report.ts";
import { root, turbo } from "./turbo.ts";

const FORMATS: Record<string, (report: DiffReport) => string | Promise<string>> = {
  text: textReport,
  markdown: markdownReport,
  json: jsonReport,
  github: (report) => githubAnnotations(report, `${root}spec/`),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    format: { type: "string", default: "text" },
    consumers: { type: "string", multiple: true, default: [] },
    draft: { type: "boolean", default: false },
    build: { type: "boolean", default: false },
  },
});
const format = FORMATS[values.format];
if (format === undefined)
  throw new Error(`--format must be one of ${Object.keys(FORMATS).join(", ")}, not ${values.format}.`);

const exitCode = values.build ? await turbo(["@memory-api/spec#build"], { silent: true }) : 0;
if (exitCode !== 0) process.exit(exitCode);
const report = await diffRepository(root, [...values.consumers, ...positionals]);
if (values.draft) {
  const changeset = draftChangeset(report);
  if (changeset !== undefined) await writeFile(root + changeset.file, changeset.text);
  console.log(
    changeset === undefined
      ? "The pending changesets are sufficient."
      : `Wrote ${changeset.file}. Edit it to describe the change for consumers in your own words.`,
  );
} else {
  console.log(await format(report));
  if (!isPassed(report)) process.exitCode = 1;
}

function jsonReport(report: DiffReport): string {
  const { deprecations, lines, pending, remarks } = report;
  const changes = lines.map(({ change: _, uses, ...line }) => ({
    ...line,
    operations: [...new Set(uses.map(({ operation }) => operation))],
  }));
  const bump = { wire: neededBump(report, "wire"), types: neededBump(report, "types"), needed: neededBump(report) };
  return JSON.stringify({ ...bump, passed: isPassed(report), changes, pending, remarks, deprecations }, null, 2);
}
