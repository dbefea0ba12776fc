import type { ChunkOutcome } from "./send-chunks.ts";

/** What was accepted: all that the source has, from `startAt` on. */
export interface BulkSummary {
  readonly items: number;
  /** How many requests it took. */
  readonly chunks: number;
}

/**
 * A bulk upsert, which begins when it is awaited or read. Awaited, it comes to the summary, and is rejected if not all was accepted: with
 * an `AbortError` where its reader stopped early. Read, it gives an outcome for each chunk, goes only as fast as it is read, and stops
 * where that stops. Outcomes are not kept: whoever begins to read it late gets those that are still to come.
 *
 * @example
 * const job = profiles.bulkUpsert(customers());
 * for await (const { from, to, status } of job) console.log(`${from} to ${to - 1}: ${status}`);
 * const { items } = await job;
 */
export class BulkUpsertJob implements Promise<BulkSummary>, AsyncIterable<ChunkOutcome> {
  readonly [Symbol.toStringTag] = "BulkUpsertJob";
  #fulfil: (summary: BulkSummary) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  readonly #summary = new Promise<BulkSummary>((fulfil, reject) => {
    this.#fulfil = fulfil;
    this.#reject = reject;
  });
  readonly #outcomes: AsyncGenerator<ChunkOutcome, void>;
  #isRead = false;

  /** @internal */
  constructor(outcomes: AsyncIterable<ChunkOutcome>) {
    this.#outcomes = this.#counted(outcomes);
    // Who reads is told of the error there.
    this.#summary.catch(() => {});
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChunkOutcome, void> {
    this.#isRead = true;
    yield* this.#outcomes;
    await this.#summary;
  }

  // biome-ignore lint/suspicious/noThenProperty: to be awaited is what it is for.
  then<Fulfilled = BulkSummary, Rejected = never>(
    onFulfilled?: ((value: BulkSummary) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    void this.#drain();
    return this.#summary.then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<BulkSummary | Rejected> {
    return this.then(undefined, onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<BulkSummary> {
    return this.then().finally(onFinally);
  }

  async *#counted(outcomes: AsyncIterable<ChunkOutcome>): AsyncGenerator<ChunkOutcome, void> {
    const summary = { items: 0, chunks: 0 };
    try {
      for await (const outcome of outcomes) {
        if (outcome.status === "accepted") {
          summary.items += outcome.to - outcome.from;
          summary.chunks++;
        }
        yield outcome;
      }
      this.#fulfil(summary);
    } catch (error) {
      this.#reject(error);
      throw error;
    } finally {
      // Of no effect, unless the reader stopped before the end.
      this.#reject(new DOMException("The reader of the bulk upsert stopped before its end.", "AbortError"));
    }
  }

  /** Goes on to the end where nobody reads. */
  async #drain(): Promise<void> {
    try {
      while (!this.#isRead && !(await this.#outcomes.next()).done);
    } catch {
      // The summary is rejected with it.
    }
  }
}
