import { parseArgs } from "node:util";
import { EXIT } from "../output/exit-code.ts";
import { print } from "../output/print.ts";
import { progressOn } from "../output/progress.ts";
import { openStore } from "../store/open-store.ts";
import { SHARED_OPTIONS } from "../store/shared-options.ts";
import { beginImport } from "./begin-import.ts";
import { importStep } from "./import-step.ts";
import { importSummary } from "./import-summary.ts";
import { type FileState, unfinishedImport } from "./unfinished-import.ts";

/**
 * Imports a CSV file, or waits for an import that has its file.
 *
 * @throws {ResumableError} if it ends early, and a command goes on with it
 * @throws {ImportFailedError} if the service could not import the file
 */
export async function importCommand(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { ...SHARED_OPTIONS, map: { type: "string", multiple: true }, resume: { type: "string" } },
  });
  const job = beginImport(await openStore(values), positionals, values, signal);
  const progress = progressOn(process.stderr, values.json);
  let file: FileState = values.resume === undefined ? "absent" : "received";
  try {
    for await (const event of job) {
      if (event.type === "uploading" && event.loaded === event.total) file = "unknown";
      if (event.type === "uploaded") file = "received";
      if (values.json) await print(JSON.stringify(event), signal);
      const step = importStep(event);
      if (step) progress.show(step);
    }
  } catch (error) {
    progress.end();
    throw unfinishedImport(error, job.importId, file, { positionals, values });
  }
  progress.end();
  const result = await job;
  if (!values.json) await print(importSummary(result), signal);
  return result.hasFailedRows ? EXIT.failedRows : EXIT.done;
}
