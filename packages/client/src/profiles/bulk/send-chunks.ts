import { BulkUpsertError } from "../../errors/bulk-upsert-error.ts";
import { isMemoryApiError } from "../../errors/memory-api-error.ts";
import { BulkLedger, type BulkProgress } from "./bulk-ledger.ts";
import type { Chunk } from "./read-chunks.ts";

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

/** What can happen next in a bulk upsert. */
export type BulkEvent =
  | { readonly kind: "read"; readonly chunk: Chunk }
  | { readonly kind: "end" }
  | { readonly kind: "broken"; readonly error: unknown }
  | { readonly kind: "accepted"; readonly chunk: Chunk }
  | { readonly kind: "refused"; readonly chunk: Chunk; readonly cause: unknown };

/** The next chunk, the end of the source, or what the source threw. Never rejected. */
export async function readNext(
  chunks: AsyncGenerator<Chunk, void>,
  signal: AbortSignal | undefined,
): Promise<BulkEvent> {
  try {
    const { done, value } = await unlessAborted(chunks.next(), signal);
    return done ? { kind: "end" } : { kind: "read", chunk: value };
  } catch (error) {
    return { kind: "broken", error };
  }
}

/** How a chunk ended. Never rejected. */
export async function sendOne(chunk: Chunk, send: (json: string) => Promise<unknown>): Promise<BulkEvent> {
  const { content } = chunk;
  if ("refusal" in content) return { kind: "refused", chunk, cause: content.refusal };
  try {
    await send(content.json);
    return { kind: "accepted", chunk };
  } catch (cause) {
    return { kind: "refused", chunk, cause };
  }
}

/** Index in the source of the item because of which a chunk was not accepted; `undefined` where it cannot be told. */
export function refusedItem({ from, to, content }: Chunk, cause: unknown): number | undefined {
  if ("refusal" in content) return to - 1;
  // The 400 of a batch begins with the JSON pointer of the item.
  const message = isMemoryApiError(cause, "updateProfilesBulk", 400) ? String(cause.body?.message) : "";
  const [, index] = /\/profiles\/(\d+)/.exec(message) ?? [];
  return index === undefined ? undefined : from + Number(index);
}

/** What work comes to, or the reason of a signal that is aborted before. */
export function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
