import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * A chunk of a bulk upsert was not accepted, and nothing more was sent. The `cause` says why: an error of a call, or an
 * InvalidTraitsError or InvalidParameterError for an item that was not sent.
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
  /** Index in the source of the first item of the chunk, 0 for the first of all. */
  readonly from: number;

  /** Index after its last item. */
  readonly to: number;

  /** The first item that is not known to be accepted. All before it are. */
  readonly resumeAt: number;

  /** Index in the source of the item that was refused, where that can be told. */
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
 * Whether an error is a {@link BulkUpsertError}, of this copy of the package or another.
 *
 * @example
 * if (isBulkUpsertError(error)) console.log(`Item ${error.itemIndex} was refused; go on at ${error.resumeAt}.`);
 */
export function isBulkUpsertError(error: unknown): error is BulkUpsertError {
  return isBranded(error, "BulkUpsertError");
}
