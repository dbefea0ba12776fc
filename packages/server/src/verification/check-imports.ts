import type { ImportState } from "../domain/imports/import-state.ts";
import { importState } from "../storage/import-row.ts";
import { Findings, type PageCheck } from "./page-check.ts";

/** Checks that the status of each import agrees with its file, its progress and its job. */
export const checkImports: PageCheck<"imports"> = async (_reads, { id: storeId }, rows) => {
  const findings = new Findings(storeId);
  for (const row of rows) {
    const state = parse(row);
    if (state === undefined) findings.add("malformed-import", { import: row.id });
    else if (!isConsistent(state)) findings.add("inconsistent-import", { import: row.id });
  }
  return findings.violations;
};

function isConsistent({ record, job }: ImportState): boolean {
  const { status, uploadId, fileSize, progress } = record;
  const hasUpload = uploadId !== undefined;
  if (progress.offset > fileSize || Object.values(progress).some((count) => count < 0)) return false;
  if (status === "PENDING") return job !== undefined && !hasUpload;
  if (status === "PROCESSING") return job !== undefined && hasUpload;
  return job === undefined;
}

function parse(row: Parameters<typeof importState>[0]): ImportState | undefined {
  try {
    return importState(row);
  } catch {
    return undefined;
  }
}
