import type { ImportId } from "@memory-api/types";
import { isImportFailedError } from "../../errors/import-failed-error.ts";
import { isMemoryApiError } from "../../errors/memory-api-error.ts";
import type { ImportEvent, ImportJob, ImportResult } from "../../imports/import-job.ts";
import { resumeImport } from "../../imports/resume-import.ts";
import { runImport } from "../../imports/run-import.ts";
import { fileWord, type Options, optionWords, requiredOperand, shellLine } from "../arguments.ts";
import { EXIT, ResumableError, UsageError } from "../errors.ts";
import type { Invocation } from "../invocation.ts";
import { print } from "../io/output.ts";
import { progressOn, type Step } from "../io/progress.ts";
import { checkedId, mappedColumns } from "../option-values.ts";
import type { Store } from "../store.ts";

/** Whether the service has received the file of an import. It is unknown if all of it was sent and no response arrived. */
type FileState = "absent" | "unknown" | "received";

const ADVICE: Record<FileState, (importId: ImportId) => string> = {
  absent: (importId) => `Import ${importId} did not receive its file. Import it again with:`,
  unknown: (importId) => `It is unknown whether import ${importId} received its file. Check with:`,
  received: (importId) => `Import ${importId} continues. Wait for it with:`,
};

/**
 * Imports a CSV file, or waits for an import whose file was uploaded before.
 *
 * @throws {ResumableError} if it ends early and another command continues it
 * @throws {ImportFailedError} if the service could not import the file
 */
export async function importFile({ operands, options, openStore, signal }: Invocation): Promise<number> {
  const job = startImport(await openStore(), operands, options, signal);
  const progress = progressOn(process.stderr, options.json);
  let file: FileState = options.resume === undefined ? "absent" : "received";
  if (file === "received") progress.show({ label: "waiting" });
  try {
    for await (const event of job) {
      if (event.type === "uploading" && event.loaded === event.total) file = "unknown";
      if (event.type === "uploaded") file = "received";
      if (options.json) await print(JSON.stringify(event), signal);
      const step = stepOf(event);
      if (step) progress.show(step);
    }
  } catch (error) {
    progress.end();
    throw unfinishedImport(error, job.importId, file, operands, options);
  }
  progress.end();
  const result = await job;
  if (!options.json) await print(importSummary(result), signal);
  return result.hasFailedRows ? EXIT.failedRows : EXIT.done;
}

/** Returns the line that a completed import ends with. */
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

/** @throws {UsageError} before anything is sent */
function startImport(
  { connection, storeId }: Store,
  operands: readonly string[],
  { map, resume }: Options,
  signal: AbortSignal,
): ImportJob {
  if (resume === undefined) {
    const file = requiredOperand(operands, "memory import <file.csv> --map column=Group.trait --map …");
    return runImport(connection, storeId, file, { mapping: mappedColumns(map), signal });
  }
  if (operands.length > 0 || map !== undefined) {
    throw new UsageError("--resume takes no file and no --map: it waits for an import whose file was uploaded before.");
  }
  return resumeImport(connection, storeId, checkedId("ImportId", resume, "--resume"), { signal });
}

/** Returns the progress of an event; `undefined` for the last one, which the summary reports. */
function stepOf(event: ImportEvent): Step | undefined {
  switch (event.type) {
    case "created":
      return { label: `created ${event.importId}` };
    case "uploading":
      return { label: "uploading", fraction: event.loaded / event.total };
    case "completed":
      return undefined;
    default:
      return { label: event.type };
  }
}

/**
 * Returns the error that ended an import early, with a command that continues it: one that waits for the import, or one that imports the
 * file again if the service did not receive it. Importing a row twice changes nothing.
 */
function unfinishedImport(
  error: unknown,
  importId: ImportId | undefined,
  file: FileState,
  operands: readonly string[],
  options: Options,
): unknown {
  const isGone =
    isImportFailedError(error) || (isMemoryApiError(error, "fetchProfileImportV2") && error.status === 404);
  if (importId === undefined || isGone) return error;
  // An error response to the upload means that the service did not accept the file.
  const state = isMemoryApiError(error, "uploadImportFile") ? "absent" : file;
  const { map: _, ...resumeOptions } = options;
  const words =
    state === "absent"
      ? [...operands.map(fileWord), ...optionWords(options)]
      : optionWords({ ...resumeOptions, resume: importId });
  return new ResumableError(error, ADVICE[state](importId), shellLine(["memory", "import", ...words]));
}
