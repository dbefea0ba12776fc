import type { ImportId } from "@memory-api/types";
import { isImportFailedError } from "../../errors/import-failed-error.ts";
import { isMemoryApiError } from "../../errors/memory-api-error.ts";
import { type OptionValues, optionWords } from "../arguments/option-words.ts";
import { shellLine } from "../arguments/shell-line.ts";
import { ResumableError } from "../output/resumable-error.ts";

const ADVICE: Record<FileState, (importId: ImportId) => string> = {
  absent: (importId) => `Import ${importId} did not receive its file. Import it again with:`,
  unknown: (importId) => `It is unknown whether import ${importId} received its file. Check with:`,
  received: (importId) => `Import ${importId} continues. Wait for it with:`,
};

/** What was typed. */
interface Typed {
  readonly positionals: readonly string[];
  readonly values: OptionValues;
}

/** Whether the service has received the file of an import. It is unknown if all of it was sent and no response arrived. */
export type FileState = "absent" | "unknown" | "received";

/**
 * Returns the error that ended an import early, with a command that continues it: one that waits for the import, or one that imports the
 * file again if the service did not receive it. Importing a row twice changes nothing.
 */
export function unfinishedImport(
  error: unknown,
  importId: ImportId | undefined,
  file: FileState,
  { positionals, values }: Typed,
): unknown {
  const isGone =
    isImportFailedError(error) || (isMemoryApiError(error, "fetchProfileImportV2") && error.status === 404);
  if (importId === undefined || isGone) return error;
  // An error of the service says that it has not taken the file.
  const state = isMemoryApiError(error, "uploadImportFile") ? "absent" : file;
  const words =
    state === "absent"
      ? [...positionals, ...optionWords(values)]
      : optionWords({ ...values, map: undefined, resume: importId });
  return new ResumableError(error, ADVICE[state](importId), shellLine(["memory", "import", ...words]));
}
