import type { ImportResult } from "../../imports/import-job.ts";

/** How an import ended, in a line. */
export function importSummary({ importId, summary: { errors, warnings } }: ImportResult): string {
  const parts: string[] = [];
  if (errors > 0) parts.push(`${rows(errors)} failed and ${errors === 1 ? "was" : "were"} not applied`);
  if (warnings > 0)
    parts.push(`${rows(warnings)} ${warnings === 1 ? "was" : "were"} applied without the cells that did not fit`);
  return `Import ${importId} is completed${parts.length > 0 ? `, but ${parts.join(", and ")}` : ": all rows were applied"}.`;
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}
