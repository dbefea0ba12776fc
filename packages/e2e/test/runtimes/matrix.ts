import type { RuntimeReport } from "./runtime.ts";

/** Which runtime passed which check, as a table of Markdown. */
export function matrixOf(reports: Iterable<RuntimeReport>, checkNames: readonly string[]): string {
  const columns = [["", ...checkNames, "passed"], ...[...reports].map((report) => columnOf(report, checkNames))];
  const [names = [], ...others] = columns.map(ruled);
  return names.map((name, row) => `| ${[name, ...others.map((cells) => cells[row])].join(" | ")} |`).join("\n");
}

function columnOf({ version, results }: RuntimeReport, checkNames: readonly string[]): string[] {
  const passed = new Set(results.filter(({ ok }) => ok).map(({ name }) => name));
  const cells = checkNames.map((name) => (passed.has(name) ? "yes" : "NO"));
  return [version, ...cells, `${passed.size} of ${checkNames.length}`];
}

/** With a line below its head, and every cell as wide as the widest. */
function ruled([head = "", ...cells]: readonly string[]): string[] {
  const width = Math.max(...[head, ...cells].map(({ length }) => length));
  return [head.padEnd(width), "-".repeat(width), ...cells.map((cell) => cell.padEnd(width))];
}
