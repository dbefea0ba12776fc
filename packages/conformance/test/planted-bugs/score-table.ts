import { type BugScore, checkScores, isKilled, reasonOf } from "./score.ts";

/** Checks that no planted bug can make fail, by their code, with the reason. */
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "clock-step-rejected": "The proxy does not stand in front of the control API.",
  "clock-step-reorders": "The proxy does not stand in front of the control API.",
  "control-api-failed": "The proxy does not stand in front of the control API.",
  "unfit-cell-misjudged": "The planted server declares no trait whose data type is NUMBER.",
  "workflow-step-failed": "Redocly Respect is scored on its own, in a column of the table.",
};

/** The table of PLANTED-BUGS.md. */
export function scoreTable(scores: readonly BugScore[]): string {
  const killed = scores.filter(isKilled);
  const survivors = scores.filter((score) => !isKilled(score));
  const others = Object.keys(scores[0]?.others ?? {});
  const otherCounts = others.map((name) => `${name} ${scores.filter((score) => score.others[name]).length}`);
  const rows = scores.map((score) => {
    const columns = [score.bug.name, score.bug.breaks, score.bug.in.join(", "), score.codes.join(", ") || "–"];
    return [...columns, ...others.map((name) => (score.others[name] ? "yes" : "no"))];
  });
  const checks = checkScores(scores);
  const neverAlone = checks.filter(({ kills, alone }) => kills > 0 && alone === 0);
  const idle = checks.filter(({ kills }) => kills === 0);
  return [
    "# Planted bugs",
    "`npx -y pnpm@12 --filter @memory-api/conformance run test:soak` plants each of these bugs in a correct server, by a proxy in front of it, and writes this page.",
    `**${killed.length} of ${scores.length} killed.** ${otherCounts.length > 0 ? `Other tools, with the same bugs: ${otherCounts.join(", ")}.` : ""}`,
    table(["Bug", "What is wrong", "Where", "Checks that find it", ...others], rows),
    "## Survivors",
    survivors.length === 0 ? "None." : survivors.map((score) => `- ${score.bug.name}: ${reasonOf(score)}`).join("\n"),
    "## Checks",
    table(
      ["Check", "Bugs that it finds", "Bugs that it alone finds"],
      checks.map(({ code, kills, alone }) => [code, String(kills), String(alone)]),
    ),
    `Checks that never find a bug alone: ${neverAlone.map(({ code }) => code).join(", ") || "none"}.`,
    "Checks that find none:",
    idle.map(({ code }) => `- ${code}: ${EXCEPTIONS[code] ?? "no planted bug breaks this rule"}`).join("\n") || "None.",
  ]
    .join("\n\n")
    .concat("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
