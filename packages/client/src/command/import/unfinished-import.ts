import type { ImportId } from "@memory-api/types";
import { isImportFailedError } from "../../errors/import-failed-error.ts";
import { isMemoryApiError } from "../../errors/memory-api-error.ts";
import { type OptionValues, optionWords } from "../arguments/option-words.ts";
import { shellLine } from "../arguments/shell-line.ts";
import { ResumableError } from "../output/resumable-error.ts";

/** What was typed. */
interface Typed {
  readonly positionals: readonly string[];
  readonly values: OptionValues;
}

/**
 * What ended an import early, with the command that goes on: by waiting for it, or, where it did not get its file, by another
 * import. To import a row twice changes nothing.
 */
export function unfinishedImport(
  error: unknown,
  importId: ImportId | undefined,
  isUploaded: boolean,
  { positionals, values }: Typed,
): unknown {
  const isGone =
    isImportFailedError(error) || (isMemoryApiError(error, "fetchProfileImportV2") && error.status === 404);
  if (importId === undefined || isGone) return error;
  const words = isUploaded
    ? optionWords({ ...values, map: undefined, resume: importId })
    : [...positionals, ...optionWords(values)];
  const advice = isUploaded
    ? `Import ${importId} goes on. Wait for it with:`
    : `Import ${importId} did not get its file. Import it again with:`;
  return new ResumableError(error, advice, shellLine(["memory", "import", ...words]));
}
