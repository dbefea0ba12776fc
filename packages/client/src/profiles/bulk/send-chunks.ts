import { BulkUpsertError } from "../../errors/bulk-upsert-error.ts";
import { BulkLedger, type BulkProgress } from "./bulk-ledger.ts";
import type { Chunk } from "./read-chunks.ts";
import { refusedItem } from "./refused-item.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** A chunk that was accepted. */
export interface ChunkOutcome {
  /** Index in the source of its first item, 0 for the first of all. */
  readonly from: number;
  /** Index after its last item. */
  readonly to: number;
  readonly status: "accepted";
}

/** How chunks are sent. */
export interface ChunkSending {
  /** Rejected for a chunk that is not accepted. */
  readonly send: (chunk: Chunk) => Promise<unknown>;
  readonly concurrency: number;
  readonly startAt: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: BulkProgress) => void) | undefined;
}

interface FailedSending {
  readonly chunk: Chunk;
  readonly cause: unknown;
}

/**
 * Sends chunks, some at a time, and reads on only where one more can be sent. After the first failure no more are sent, and what is
 * under way ends before it is thrown.
 *
 * @throws {BulkUpsertError} if a chunk is not accepted
 * @throws the reason of the signal, once it is aborted; what the source throws; what `onProgress` throws
 */
export async function* sendChunks(
  chunks: AsyncGenerator<Chunk, void>,
  { send, concurrency, startAt, signal, onProgress }: ChunkSending,
): AsyncGenerator<ChunkOutcome, void> {
  const ledger = new BulkLedger(startAt);
  const underWay = new Map<Chunk, Promise<{ chunk: Chunk } | FailedSending>>();
  let reading: Promise<IteratorResult<Chunk, void>> | undefined;
  let failed: FailedSending | undefined;
  let isMore = true;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (isMore && underWay.size < concurrency) reading ??= unlessAborted(chunks.next(), signal);
      const awaited = [...(isMore && reading ? [reading] : []), ...underWay.values()];
      if (awaited.length === 0) break;
      const event = await Promise.race(awaited);
      if ("done" in event) {
        reading = undefined;
        if (event.done) isMore = false;
        else {
          const chunk = event.value;
          ledger.begin(chunk);
          underWay.set(chunk, send(chunk).then(() => ({ chunk }), (cause: unknown) => ({ chunk, cause })));
        }
        continue;
      }
      underWay.delete(event.chunk);
      if ("cause" in event) {
        failed ??= event;
        isMore = false;
        continue;
      }
      ledger.accept(event.chunk);
      onProgress?.(ledger.progress);
      yield { from: event.chunk.from, to: event.chunk.to, status: "accepted" };
    }
  } finally {
    await Promise.all(underWay.values());
    // What ends here matters more than what the source says to being closed; while it is read, it closes later.
    const closed = chunks.return().catch(() => {});
    if (reading === undefined) await closed;
  }
  if (failed !== undefined) {
    const { chunk, cause } = failed;
    throw new BulkUpsertError(chunk, refusedItem(chunk, cause), ledger.progress.resumeAt, cause);
  }
}
