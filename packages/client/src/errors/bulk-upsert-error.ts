import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * A chunk of a bulk upsert was not accepted, and no further chunks were sent. The `cause` is the error of a call, or an InvalidTraitsError
 * or InvalidParameterError for an item that could not be sent.
 *
 * @example
 * try {
 *   await profiles.bulkUpsert(customers());
 * } catch (error) {
 *   if (!isBulkUpsertError(error)) throw error;
 *   await profiles.bulkUpsert(customers(), { startAt: error.resumeAt });
 * }
 */
export class BulkUpsertError extends MemoryError {
  /** Index in the source of the first item of the chunk, from 0. */
  readonly from: number;

  /** Index after the last item of the chunk. */
  readonly to: number;

  /** Index of the first item that may not be accepted. All items before it are accepted. */
  readonly resumeAt: number;

  /** Index in the source of the item that was rejected; `undefined` if it is unknown. */
  readonly itemIndex: number | undefined;

  constructor(
    { from, to }: { readonly from: number; readonly to: number },
    resumeAt: number,
    itemIndex: number | undefined,
    cause: unknown,
  ) {
    const item = itemIndex === undefined ? "" : ` because of item ${itemIndex}`;
    super(`Items ${from} to ${to - 1} were not accepted${item}. See the cause, and resume with startAt: ${resumeAt}.`, {
      cause,
    });
    this.from = from;
    this.to = to;
    this.resumeAt = resumeAt;
    this.itemIndex = itemIndex;
    brand(this, "BulkUpsertError");
  }
}

/**
 * Whether an error is a {@link BulkUpsertError}, created by this copy of the package or another.
 *
 * @example
 * if (isBulkUpsertError(error)) console.log(`Item ${error.itemIndex} was rejected; resume at ${error.resumeAt}.`);
 */
export function isBulkUpsertError(error: unknown): error is BulkUpsertError {
  return isBranded(error, "BulkUpsertError");
}
