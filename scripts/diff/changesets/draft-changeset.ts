import { createHash } from "node:crypto";
import { type DiffReport, groupLines, listedLines, neededBump, tooLow } from "../report/diff-report.ts";

export interface Changeset {
  /** Path in the repository. The same changes have the same name. */
  file: string;
  text: string;
}

/**
 * Drafts the changeset that the pending ones lack: the bump for each package whose bump is too low, and each change with what
 * consumers must do. Returns `undefined` if they lack nothing.
 */
export function draftChangeset(report: DiffReport): Changeset | undefined {
  const packages = tooLow(report);
  if (packages.length === 0) return undefined;
  const bump = neededBump(report);
  const releases = packages.map((pending) => `"${pending.package}": ${bump}\n`).join("");
  const sections = groupLines(listedLines(report.lines, bump).listed).map(({ heading, lines }) =>
    [`${heading}:`, "", ...new Set(lines.map(({ action, why, bump: each }) => `- ${each}: ${why} ${action}`)), ""].join(
      "\n",
    ),
  );
  const text = `---\n${releases}---\n\nThe contract changes.\n\n${sections.join("\n")}`;
  return { file: `.changeset/contract-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.md`, text };
}
