import type { ContractChangeLine, ContractDiff, PullRequestFigures } from "./pull-request-figures.ts";

/** The first line of the comment, by which it is found again. */
export const COMMENT_MARKER = "<!-- memory-api: figures of the pull request -->";

/** Limits in characters. GitHub rejects comments of more than 65,536 characters. */
const MAX_TEXT = 400;
const MAX_CHANGES = 30_000;
const MAX_LIST = 12_000;
const BUMPS = ["major", "minor", "patch"];

export interface CommentOptions {
  /** Commit that the figures are about. */
  commit: string;
  /** URL of the run that collected them. */
  runUrl: string;
  /** Name of the repository with its owner, and the run that packed the packages of the same commit, if there is one. */
  preview?: { repository: string; run: number };
}

/** Writes the comment on a pull request. Texts in the figures are escaped, and cut if they are long. */
export function commentText(figures: PullRequestFigures, { commit, preview, runUrl }: CommentOptions): string {
  const sections = [
    COMMENT_MARKER,
    contractSection(figures.diff),
    testSection(figures),
    ...(preview === undefined ? [] : [previewSection(preview)]),
    `For commit ${commit}, from [this run](${runUrl}). The next run updates this comment.`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function contractSection(diff: ContractDiff | undefined): string {
  if (diff === undefined)
    return "### Contract\n\n`run diff` failed, so the changes of the contract are unknown. The log of CI says why.";
  const { changes, needed, passed } = diff;
  if (changes.length === 0) return "### Contract\n\nThe contract has not changed since the last release.";
  const verdict = passed
    ? "The changesets are sufficient."
    : "**The changesets are not sufficient.** Draft the missing one with `npx -y pnpm@12 run changeset:draft`.";
  // Changes of descriptions and examples are so many that they would hide the others.
  const listed = changes.filter(({ bump }) => bump !== "patch" || needed === "patch");
  const sorted = listed.toSorted((a, b) => BUMPS.indexOf(a.bump) - BUMPS.indexOf(b.bump));
  const rows = within(
    MAX_CHANGES,
    sorted.map((change) => row(cellsOf(change))),
  );
  const rest = changes.length - rows.length;
  return [
    `### Contract: ${escaped(needed)} bump`,
    "",
    verdict,
    "",
    row(["Bump", "Change", "Operations", "What consumers must do", "Breaks"]),
    row(["---", "---", "---", "---", "---"]),
    ...rows,
    ...(rest > 0 ? ["", `Not listed: ${rest} more. Run \`npx -y pnpm@12 run diff\` to see them.`] : []),
  ].join("\n");
}

function cellsOf({ action, broken, bump, operations, pointer, why }: ContractChangeLine): string[] {
  return [
    bump === "major" ? "**major**" : escaped(bump),
    `${escaped(pointer)}<br>${escaped(why)}`,
    escaped(operations.join(", ")),
    escaped(action),
    escaped(broken.map(({ because, consumer }) => `${consumer}: ${because}`).join("; ")) || "–",
  ];
}

function testSection({ failed, figures, totals }: PullRequestFigures): string {
  return [
    "### Tests",
    "",
    escaped(totals) || "No totals.",
    ...(failed.length > 0 ? ["", ...list(failed)] : []),
    ...(figures.length > 0
      ? ["", "<details><summary>Coverage and sizes</summary>", "", ...list(figures), "", "</details>"]
      : []),
  ].join("\n");
}

function previewSection({ repository, run }: { repository: string; run: number }): string {
  return [
    "### Try the packages",
    "",
    "```sh",
    `gh run download ${run} --repo ${repository} --name packages --dir memory-api`,
    "npm i ./memory-api/*.tgz",
    "```",
  ].join("\n");
}

function list(texts: readonly string[]): string[] {
  const lines = within(
    MAX_LIST,
    texts.map((text) => `- ${escaped(text)}`),
  );
  const rest = texts.length - lines.length;
  return rest > 0 ? [...lines, `- and ${rest} more`] : lines;
}

/** Returns the first lines, as many as have this length together. */
function within(length: number, lines: readonly string[]): string[] {
  const taken: string[] = [];
  let rest = length;
  for (const line of lines) {
    rest -= line.length + 1;
    if (rest < 0) break;
    taken.push(line);
  }
  return taken;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/**
 * Returns Markdown that GitHub shows as this text on one line. Without the escapes, a text could contain HTML, links and images; without the
 * zero-width spaces, GitHub would notify the users that it mentions, and turn URLs into links.
 */
function escaped(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, " ").trim();
  const cut = line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
  return cut
    .replaceAll(/[!-/:-@[-`{-~]/g, "\\$&")
    .replaceAll(/[@#:]/g, "$&\u200b")
    .replaceAll(/\bwww/gi, "$&\u200b");
}
