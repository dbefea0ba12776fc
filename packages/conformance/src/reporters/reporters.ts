import type { Listener } from "../events.ts";
import { githubAnnotations, stepSummary } from "./github.ts";
import { htmlReport } from "./html/html-report.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { type FinishedRun, whenFinished } from "./reporter.ts";
import { sarifReport } from "./sarif.ts";

/** The reporters that write one document when the run ends. */
const DOCUMENTS = {
  junit: junitReport,
  json: jsonReport,
  sarif: sarifReport,
  html: htmlReport,
} as const satisfies Readonly<Record<string, (run: FinishedRun) => string>>;

/** `github` writes annotations, and a summary where GitHub wants it. */
export const REPORTER_NAMES = ["terminal", "junit", "json", "sarif", "html", "github"] as const;
export type ReporterName = (typeof REPORTER_NAMES)[number];

export function isDocumentReporter(name: ReporterName): name is keyof typeof DOCUMENTS {
  return Object.hasOwn(DOCUMENTS, name);
}

/**
 * Creates a reporter that writes one document when the run ends.
 *
 * @example
 * await runConformance({ target, listeners: [documentReporter("html", (text) => writeFileSync("report.html", text))] });
 */
export function documentReporter(name: keyof typeof DOCUMENTS, write: (text: string) => void): Listener {
  return whenFinished((run) => write(DOCUMENTS[name](run)));
}

/** Creates the reporter for GitHub Actions. @param writeSummary writes the summary of the step, in Markdown */
export function githubReporter(write: (text: string) => void, writeSummary?: (text: string) => void): Listener {
  return whenFinished((run) => {
    write(githubAnnotations(run));
    writeSummary?.(stepSummary(run));
  });
}
