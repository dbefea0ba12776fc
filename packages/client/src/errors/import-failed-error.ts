import type { ImportId, ImportSummary } from "@memory-api/types";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * An import ended as `FAILED`: 100 rows or more were refused, the file could not be read as CSV, or it did not come before its upload
 * URL expired. Rows that were applied stay, so a mended file can be imported as a whole: a row that is applied again changes nothing.
 *
 * @example
 * try {
 *   await memory.store(storeId).imports.run("contacts.csv", { mapping });
 * } catch (error) {
 *   if (!isImportFailedError(error)) throw error;
 *   console.log(`${error.importId}: ${error.summary?.errors ?? 0} rows were refused.`);
 * }
 */
export class ImportFailedError extends MemoryError {
  /** The import. */
  readonly importId: ImportId;

  /** How the rows fared; `undefined` where none was read. */
  readonly summary: ImportSummary | undefined;

  constructor(importId: ImportId, summary: ImportSummary | undefined) {
    super(
      summary === undefined
        ? `Import ${importId} failed before a row was read: the file must come in time, as CSV in UTF-8 with each mapped column once.`
        : `Import ${importId} failed: ${summary.errors ?? 0} rows were refused. Rows that were applied stay.`,
    );
    this.importId = importId;
    this.summary = summary;
    brand(this, "ImportFailedError");
  }
}

/**
 * Whether an error is an {@link ImportFailedError}, of this copy of the package or another.
 *
 * @example
 * if (isImportFailedError(error)) console.log(`${error.importId}: ${error.summary?.errors ?? 0} rows were refused.`);
 */
export function isImportFailedError(error: unknown): error is ImportFailedError {
  return isBranded(error, "ImportFailedError");
}
