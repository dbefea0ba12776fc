import { BulkUpsertError } from "../../errors/bulk-upsert-error.ts";
import { type BulkEvent, readNext, sendOne } from "./bulk-event.ts";
import { BulkLedger, type BulkProgress } from "./bulk-ledger.ts";
import type { Chunk } from "./read-chunks.ts";
import { refusedItem } from "./refused-item.ts";

/** How a chunk ended. */
export type ChunkOutcome = ChunkRange &
  (
    | { readonly status: "accepted" }
    /** With why: an error of a call, or of an item that could not be sent. */
    | { readonly status: "refused"; readonly error: unknown }
  );

/** Where a chunk lies in the source. */
interface ChunkRange {
  /** Index of its first item, 0 for the first of all. */
  readonly from: number;
  /** Index after its last item. */
  readonly to: number;
}

/** How chunks are sent. */
interface ChunkSending {
  /** Sends the body of a request. Rejected if it is not accepted. */
  readonly send: (json: string) => Promise<unknown>;
  /** How many at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: BulkProgress) => void) | undefined;
}

/**
 * Sends chunks, some at a time, and reads on only where one more can be sent. After a failure no more are sent, and what is under
 * way ends before it is thrown; whichever of that is refused too has its own outcome.
 *
 * @throws {BulkUpsertError} if a chunk is not accepted
 * @throws the reason of the signal, once it is aborted; what the source throws
 */
export async function* sendChunks(
  chunks: AsyncGenerator<Chunk, void>,
  { send, concurrency, signal, onProgress }: ChunkSending,
): AsyncGenerator<ChunkOutcome, void> {
  const ledger = new BulkLedger();
  const underWay = new Map<Chunk, Promise<BulkEvent>>();
  let reading: Promise<BulkEvent> | undefined;
  let isMore = true;
  /** Made at the end, since what is under way then still moves where to resume. */
  let failure: (() => unknown) | undefined;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (isMore && underWay.size < concurrency) reading ??= readNext(chunks, signal);
      const awaited = [...(isMore && reading ? [reading] : []), ...underWay.values()];
      if (awaited.length === 0) break;
      const event = await Promise.race(awaited);
      switch (event.kind) {
        case "read":
          reading = undefined;
          ledger.begin(event.chunk);
          underWay.set(event.chunk, sendOne(event.chunk, send));
          break;
        case "accepted": {
          const { from, to } = event.chunk;
          underWay.delete(event.chunk);
          ledger.accept(event.chunk);
          onProgress?.(ledger.progress);
          yield { from, to, status: "accepted" };
          break;
        }
        case "refused": {
          // What an abort ended was not refused.
          signal?.throwIfAborted();
          const { chunk, cause } = event;
          underWay.delete(chunk);
          isMore = false;
          failure ??= () => new BulkUpsertError(chunk, ledger.progress.resumeAt, refusedItem(chunk, cause), cause);
          yield { from: chunk.from, to: chunk.to, status: "refused", error: cause };
          break;
        }
        case "broken":
          isMore = false;
          failure ??= () => event.error;
          break;
        case "end":
          isMore = false;
      }
    }
  } finally {
    await Promise.all(underWay.values());
    // What ends here matters more than what the source says to being closed. A source that is being read closes later.
    const closed = chunks.return().catch(() => {});
    if (reading === undefined) await closed;
  }
  if (failure) throw failure();
}
