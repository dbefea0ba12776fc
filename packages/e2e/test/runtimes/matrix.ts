import type { RuntimeReport } from "./runtime.ts";

/** Returns a Markdown table that shows which runtime passed which check. */
export function matrixOf(reports: Iterable<RuntimeReport>, checkNames: readonly string[]): string {
  const columns = [["", ...checkNames, "passed"], ...[...reports].map((report) => columnOf(report, checkNames))];
  const [names = [], ...others] = columns.map(formatColumn);
  return names.map((name, row) => `| ${[name, ...others.map((cells) => cells[row])].join(" | ")} |`).join("\n");
}

function columnOf({ version, results }: RuntimeReport, checkNames: readonly string[]): string[] {
  const passed = new Set(results.filter(({ ok }) => ok).map(({ name }) => name));
  const cells = checkNames.map((name) => (passed.has(name) ? "yes" : "NO"));
  return [version, ...cells, `${passed.size} of ${checkNames.length}`];
}

/** Adds the line below the header, and pads all cells to the same width. */
function formatColumn([header = "", ...cells]: readonly string[]): string[] {
  const width = Math.max(...[header, ...cells].map(({ length }) => length));
  return [header.padEnd(width), "-".repeat(width), ...cells.map((cell) => cell.padEnd(width))];
}
