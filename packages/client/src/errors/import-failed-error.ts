import type { ImportId, ImportSummary } from "@memory-api/types";
import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * An import ended as `FAILED`: 100 or more rows failed, the file was not valid CSV, or it did not arrive before its upload URL expired.
 * Rows that were applied remain. You can import the corrected file as a whole, because a row that is applied again changes nothing.
 *
 * @example
 * try {
 *   await memory.store(storeId).imports.run("contacts.csv", { mapping });
 * } catch (error) {
 *   if (!isImportFailedError(error)) throw error;
 *   console.log(`${error.importId}: ${error.summary?.errors ?? 0} rows failed.`);
 * }
 */
export class ImportFailedError extends MemoryError {
  /** ID of the import. */
  readonly importId: ImportId;

  /** The numbers of failed rows and of warnings; `undefined` if no row was read. */
  readonly summary: ImportSummary | undefined;

  constructor(importId: ImportId, summary: ImportSummary | undefined) {
    super(
      summary === undefined
        ? `Import ${importId} failed before a row was read: the file must arrive in time, and be CSV in UTF-8 with each mapped column once.`
        : `Import ${importId} failed: ${summary.errors ?? 0} rows failed. Rows that were applied remain.`,
    );
    this.importId = importId;
    this.summary = summary;
    brand(this, "ImportFailedError");
  }
}

/**
 * Whether an error is an {@link ImportFailedError}, created by this copy of the package or another.
 *
 * @example
 * if (isImportFailedError(error)) console.log(`${error.importId}: ${error.summary?.errors ?? 0} rows failed.`);
 */
export function isImportFailedError(error: unknown): error is ImportFailedError {
  return isBranded(error, "ImportFailedError");
}
