import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * What is wrong with a source: it cannot be opened, it is too small, too large or not as long as was said, or its header row does not
 * fit the mapping.
 */
export type SourceFault = "unreadable" | "size" | "header";

/**
 * The file of an import is not what it must be. Nothing was sent, unless a stream turned out to be of another length only while it was
 * uploaded; then the import exists, but never gets a file.
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
  /** What is wrong. */
  readonly fault: SourceFault;

  /** The mapped columns that the header row lacks, or has more than once. */
  readonly columns: readonly string[];

  constructor(fault: SourceFault, reason: string, columns: readonly string[] = []) {
    super(reason);
    this.fault = fault;
    this.columns = columns;
    brand(this, "InvalidSourceError");
  }
}

/**
 * Whether an error is an {@link InvalidSourceError}, of this copy of the package or another.
 *
 * @example
 * if (isInvalidSourceError(error) && error.fault === "header") console.log(`Wrong columns: ${error.columns.join()}`);
 */
export function isInvalidSourceError(error: unknown): error is InvalidSourceError {
  return isBranded(error, "InvalidSourceError");
}
