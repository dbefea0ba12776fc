import type { ChunkOutcome } from "./send-chunks.ts";

/** What was accepted. */
export interface BulkSummary {
  readonly items: number;
  /** How many requests it took. */
  readonly chunks: number;
}

/**
 * A bulk upsert. It begins when it is awaited or read. Awaited it comes to the summary; read it gives an outcome for each chunk, goes
 * only as fast as it is read, and stops where that stops. Outcomes are not kept: await it after reading, not meanwhile.
 */
export type BulkUpsertJob = PromiseLike<BulkSummary> & AsyncIterable<ChunkOutcome>;

export function bulkUpsertJob(outcomes: AsyncIterable<ChunkOutcome>): BulkUpsertJob {
  const summary = { items: 0, chunks: 0 };
  let failure: { readonly error: unknown } | undefined;

  async function* run(): AsyncGenerator<ChunkOutcome, void> {
    try {
      for await (const outcome of outcomes) {
        summary.items += outcome.to - outcome.from;
        summary.chunks++;
        yield outcome;
      }
    } catch (error) {
      failure = { error };
      throw error;
    }
  }
  const running = run();

  async function end(): Promise<BulkSummary> {
    for await (const _ of running);
    // Thrown to whoever read it, too.
    if (failure) throw failure.error;
    return summary;
  }

  return {
    [Symbol.asyncIterator]: () => running,
    // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for.
    then: (onFulfilled, onRejected) => end().then(onFulfilled, onRejected),
  };
}
