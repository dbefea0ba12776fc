import { markdownTable } from "../support/markdown-table.ts";
import type { RuntimeReport } from "./runtime.ts";

/** Returns a Markdown table that shows which runtime passed which check. */
export function matrixOf(reports: Iterable<RuntimeReport>, checkNames: readonly string[]): string {
  const columns = [["", ...checkNames, "passed"], ...[...reports].map((report) => columnOf(report, checkNames))];
  return markdownTable(["", ...checkNames, "passed"].map((_, row) => columns.map((cells) => cells[row] ?? "")));
}

function columnOf({ version, results }: RuntimeReport, checkNames: readonly string[]): string[] {
  const passed = new Set(results.filter(({ ok }) => ok).map(({ name }) => name));
  const cells = checkNames.map((name) => (passed.has(name) ? "yes" : "NO"));
  return [version, ...cells, `${passed.size} of ${checkNames.length}`];
}
