import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * The fault of a source: it cannot be opened or read; its size is out of bounds or differs from the declared size; or its header row does not match the
 * mapping.
 */
export type SourceFault = "unreadable" | "size" | "header";

/**
 * The file of an import is invalid. Nothing was sent, unless the source fails during the upload, for example because a stream is longer than
 * its size. The import then exists, but has no file.
 *
 * @example
 * try {
 *   await memory.store(storeId).imports.run("contacts.csv", { mapping });
 * } catch (error) {
 *   if (isInvalidSourceError(error)) console.log(error.fault, error.columns);
 *   else throw error;
 * }
 */
export class InvalidSourceError extends MemoryError {
  /** The fault of the source. */
  readonly fault: SourceFault;

  /** The mapped columns that the header row lacks, or contains more than once. */
  readonly columns: readonly string[];

  constructor(fault: SourceFault, reason: string, columns: readonly string[] = []) {
    super(reason);
    this.fault = fault;
    this.columns = columns;
    brand(this, "InvalidSourceError");
  }
}

/**
 * Whether an error is an {@link InvalidSourceError}, created by this copy of the package or another.
 *
 * @example
 * if (isInvalidSourceError(error) && error.fault === "header") console.log(`Wrong columns: ${error.columns.join()}`);
 */
export function isInvalidSourceError(error: unknown): error is InvalidSourceError {
  return isBranded(error, "InvalidSourceError");
}
