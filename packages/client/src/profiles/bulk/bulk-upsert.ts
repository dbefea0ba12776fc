import type { StoreId } from "@memory-api/types";
import { callWithJson } from "../../connection/call-operation.ts";
import type { CallOptions } from "../../connection/client-options.ts";
import type { Connection } from "../../connection/connection.ts";
import type { IdArgument } from "../../connection/ids.ts";
import { InvalidParameterError } from "../../errors/invalid-parameter-error.ts";
import { checkedWholeNumber } from "../../resilience/checked-number.ts";
import { CallDeadline } from "../call-deadline.ts";
import type { ProfileToWrite } from "../create-checked-profile.ts";
import { checkedTraits, type WithSchemas } from "../trait-schemas.ts";
import type { AnyTraits, TraitsToWrite, TraitTypes } from "../traits.ts";
import type { BulkProgress } from "./bulk-ledger.ts";
import { BulkUpsertJob } from "./bulk-upsert-job.ts";
import { readChunks } from "./read-chunks.ts";
import { type ChunkOutcome, sendChunks } from "./send-chunks.ts";

/** The profiles to create or update. The client applies backpressure to the source. */
export type BulkSource<Traits = AnyTraits> = Iterable<ProfileToWrite<Traits>> | AsyncIterable<ProfileToWrite<Traits>>;

/** Options of a bulk upsert. Time limits apply to each chunk, and to the schemas of each item. */
export interface BulkOptions extends CallOptions {
  /**
   * The number of chunks to send at the same time, and to keep in memory. With more than one, the service may apply two items for the same
   * customer in either order if they are in different chunks.
   *
   * @default 1
   */
  readonly concurrency?: number | undefined;
  /**
   * The number of items to skip: `resumeAt` of an earlier run with the same items in the same order. It must not exceed the number of items.
   *
   * @default 0
   */
  readonly startAt?: number | undefined;
  /** Called after each accepted chunk. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined;
}

/**
 * Creates or updates any number of profiles, in chunks of up to 1000. The service accepts or rejects a chunk as a whole. Memory use does
 * not grow with the number of items. The job starts immediately: in a microtask, after the synchronous code that created it.
 *
 * @throws {BulkUpsertError} in the job, if a chunk is not accepted or an item cannot be sent; no further chunk is sent
 * @throws {InvalidParameterError} in the job, if the source cannot be iterated or ends before `startAt`, or an option is not a valid number
 * @throws the reason of the signal, if it is aborted, or the error of the source
 * @throws an `AbortError` in the job, if its reader stopped early
 *
 * @example
 * const { items } = await bulkUpsert(connection, storeId, customers());
 *
 * @example
 * for await (const { to, status } of bulkUpsert(connection, storeId, customers())) console.log(`up to ${to - 1}: ${status}`);
 */
export function bulkUpsert<Traits extends TraitTypes<Traits> = AnyTraits, Given extends string = string>(
  connection: Connection,
  storeId: IdArgument<StoreId, Given>,
  items: BulkSource<Traits>,
  options?: BulkOptions & WithSchemas<Traits>,
): BulkUpsertJob;
export function bulkUpsert(
  connection: Connection,
  storeId: string,
  items: BulkSource,
  options: BulkOptions & WithSchemas = {},
): BulkUpsertJob {
  const { concurrency = 1, startAt = 0, signal, schemas, onProgress } = options;
  const check = (traits: TraitsToWrite<AnyTraits>) =>
    checkedTraits(traits, schemas, new CallDeadline(connection, "updateProfilesBulk", options));
  const send = (json: string) => callWithJson(connection, "updateProfilesBulk", { path: { storeId } }, json, options);
  async function* outcomes(): AsyncGenerator<ChunkOutcome, void> {
    if (!isIterable(items)) throw new InvalidParameterError("items", "must be an iterable or an async iterable");
    checkedWholeNumber("concurrency", concurrency, 1);
    checkedWholeNumber("startAt", startAt, 0);
    yield* sendChunks(readChunks(items, { startAt, check, signal }), { send, concurrency, signal, onProgress });
  }
  return new BulkUpsertJob(outcomes());
}

function isIterable(items: unknown): boolean {
  return typeof (Object(items)[Symbol.asyncIterator] ?? Object(items)[Symbol.iterator]) === "function";
}
