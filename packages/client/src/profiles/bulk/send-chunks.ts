import { BulkUpsertError } from "../../errors/bulk-upsert-error.ts";
import { isMemoryApiError } from "../../errors/memory-api-error.ts";
import { BulkLedger, type BulkProgress } from "./bulk-ledger.ts";
import type { Chunk } from "./read-chunks.ts";

/** How a chunk ended. */
export type ChunkOutcome = ChunkRange &
  (
    | { readonly status: "accepted" }
    /** `error` is the error of the call, or of an item that cannot be sent. */
    | { readonly status: "failed"; readonly error: unknown }
  );

interface ChunkRange {
  /** Index of the first item of the chunk in the source, starting at 0. */
  readonly from: number;
  /** Index after its last item. */
  readonly to: number;
}

interface SendOptions {
  /** Sends the body of a request. Rejects if the service does not accept it. */
  readonly send: (json: string) => Promise<unknown>;
  /** The number of chunks to send at the same time. */
  readonly concurrency: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: BulkProgress) => void) | undefined;
}

/** An event of a bulk upsert. */
type BulkEvent = ReadEvent | SendEvent;
type ReadEvent =
  | { readonly kind: "read"; readonly chunk: Chunk }
  | { readonly kind: "end" }
  | { readonly kind: "failed"; readonly error: unknown };
type SendEvent =
  | { readonly kind: "accepted"; readonly chunk: Chunk }
  | { readonly kind: "rejected"; readonly chunk: Chunk; readonly cause: unknown };

/**
 * Sends chunks, up to `concurrency` at the same time, and reads the next chunk only when it can be sent. After a failure, it sends no
 * further chunk, yields the outcomes of the chunks in flight, and throws.
 *
 * @throws {BulkUpsertError} if a chunk is not accepted
 * @throws the reason of the signal, if it is aborted, or the error of the source
 */
export async function* sendChunks(
  chunks: AsyncGenerator<Chunk, void>,
  { send, concurrency, signal, onProgress }: SendOptions,
): AsyncGenerator<ChunkOutcome, void> {
  const ledger = new BulkLedger();
  const inFlight = new Map<Chunk, Promise<SendEvent>>();
  let reading: Promise<ReadEvent> | undefined;
  let isDone = false;
  /** Creates the error at the end, because chunks in flight can still change where to resume. */
  let createError: (() => unknown) | undefined;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (!isDone && inFlight.size < concurrency) reading ??= readNext(chunks, signal);
      const pending: Promise<BulkEvent>[] = [...(!isDone && reading ? [reading] : []), ...inFlight.values()];
      if (pending.length === 0) break;
      const event = await Promise.race(pending);
      switch (event.kind) {
        case "read":
          reading = undefined;
          ledger.start(event.chunk);
          inFlight.set(event.chunk, sendChunk(event.chunk, send));
          break;
        case "accepted": {
          const { from, to } = event.chunk;
          inFlight.delete(event.chunk);
          ledger.accept(event.chunk);
          onProgress?.(ledger.progress);
          yield { from, to, status: "accepted" };
          break;
        }
        case "rejected": {
          // The service did not reject a chunk whose request was aborted.
          signal?.throwIfAborted();
          const { chunk, cause } = event;
          inFlight.delete(chunk);
          isDone = true;
          createError ??= () => new BulkUpsertError(chunk, ledger.progress.resumeAt, rejectedItem(chunk, cause), cause);
          yield { from: chunk.from, to: chunk.to, status: "failed", error: cause };
          break;
        }
        case "failed":
          isDone = true;
          createError ??= () => event.error;
          break;
        case "end":
          isDone = true;
      }
    }
  } finally {
    await Promise.all(inFlight.values());
    // An error of closing the source would hide the error of the upsert. A source that is being read closes later.
    const closed = chunks.return().catch(() => {});
    if (reading === undefined) await closed;
  }
  if (createError) throw createError();
}

/** Never rejects. */
async function readNext(chunks: AsyncGenerator<Chunk, void>, signal: AbortSignal | undefined): Promise<ReadEvent> {
  try {
    const { done, value } = await unlessAborted(chunks.next(), signal);
    return done ? { kind: "end" } : { kind: "read", chunk: value };
  } catch (error) {
    return { kind: "failed", error };
  }
}

/** Never rejects. */
async function sendChunk(chunk: Chunk, send: (json: string) => Promise<unknown>): Promise<SendEvent> {
  const { content } = chunk;
  if ("error" in content) return { kind: "rejected", chunk, cause: content.error };
  try {
    await send(content.json);
    return { kind: "accepted", chunk };
  } catch (cause) {
    return { kind: "rejected", chunk, cause };
  }
}

/** Returns the index in the source of the item that caused the failure of a chunk, or `undefined` if it is unknown. */
function rejectedItem({ from, to, content }: Chunk, cause: unknown): number | undefined {
  if ("error" in content) return to - 1;
  if (!isMemoryApiError(cause, "updateProfilesBulk", 400)) return undefined;
  // The message of a 400 starts with the JSON pointer of the item.
  const index = /\/profiles\/(\d+)/.exec(String(cause.body.message))?.[1];
  return index === undefined ? undefined : from + Number(index);
}

/** Settles as the promise does, or rejects with the reason of the signal if it is aborted first. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
