import type { StoreId } from "@memory-api/types";
import { callWithJson } from "../../connection/call-operation.ts";
import type { CallOptions } from "../../connection/client-options.ts";
import type { Connection } from "../../connection/connection.ts";
import type { IdArgument } from "../../connection/ids.ts";
import { InvalidParameterError } from "../../errors/invalid-parameter-error.ts";
import { CallTime } from "../call-time.ts";
import type { ProfileToWrite } from "../create-checked-profile.ts";
import { checkedTraits, type WithSchemas } from "../trait-schemas.ts";
import type { AnyTraits, TraitsToWrite, TraitTypes } from "../traits.ts";
import type { BulkProgress } from "./bulk-ledger.ts";
import { BulkUpsertJob } from "./bulk-upsert-job.ts";
import { readChunks } from "./read-chunks.ts";
import { type ChunkOutcome, sendChunks } from "./send-chunks.ts";

/** Customers, one after the other. An asynchronous source is read no faster than its items can be sent. */
export type BulkSource<Traits = AnyTraits> = Iterable<ProfileToWrite<Traits>> | AsyncIterable<ProfileToWrite<Traits>>;

/** How much is sent at a time, and from where on. The limits of time count for each chunk, and for the schemas of each item. */
export interface BulkOptions extends CallOptions {
  /**
   * How many chunks are under way at a time, and in memory. With more than one, two items for the same customer may be applied in
   * either order if they are in different chunks.
   *
   * @default 1
   */
  readonly concurrency?: number | undefined;
  /**
   * How many items of the source to leave out: `resumeAt` of an earlier run over the same items in the same order. Not more than
   * the source has.
   *
   * @default 0
   */
  readonly startAt?: number | undefined;
  /** Told after each chunk that was accepted. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined;
}

/**
 * Creates or updates any number of profiles, in chunks of up to 1000 that are all or nothing each. Memory does not grow with their
 * number. Nothing is sent before the job is awaited or read.
 *
 * @throws {BulkUpsertError} in the job, if a chunk is not accepted or an item cannot be sent; no further ones are sent then
 * @throws {InvalidParameterError} in the job, if `concurrency` or `startAt` is no such number, or the source ends before `startAt`
 * @throws the reason of the signal, once it is aborted, and what the source throws
 * @throws an `AbortError` in the job that is awaited after its reader stopped early
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
    checkedTraits(traits, schemas, new CallTime(connection, "updateProfilesBulk", options));
  async function* outcomes(): AsyncGenerator<ChunkOutcome, void> {
    checkWhole("concurrency", concurrency, 1);
    checkWhole("startAt", startAt, 0);
    const send = (json: string) => callWithJson(connection, "updateProfilesBulk", { path: { storeId } }, json, options);
    yield* sendChunks(readChunks(items, { startAt, check, signal }), { send, concurrency, signal, onProgress });
  }
  return new BulkUpsertJob(outcomes());
}

function checkWhole(name: string, value: number, minimum: number): void {
  if (Number.isInteger(value) && value >= minimum) return;
  throw new InvalidParameterError(name, `must be a whole number, ${minimum} or more`);
}
