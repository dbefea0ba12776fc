import type { ChunkOutcome } from "./send-chunks.ts";

/** The accepted items: all items of the source from `startAt` on. */
export interface BulkSummary {
  readonly items: number;
  /** The number of requests that they needed. */
  readonly chunks: number;
}

/**
 * A bulk upsert that is running. It starts in a microtask, after the synchronous code that created it, and continues if nobody awaits or
 * iterates it.
 *
 * - If you await it, it resolves to the summary, and rejects if not all items were accepted.
 * - If you iterate it, it yields the outcome of each chunk. From then on, the reader sets the pace: the next chunk is sent when the reader
 *   asks for the next outcome. A reader that stops early stops the job, and the job rejects with an `AbortError`.
 *
 * The job does not store outcomes. A reader that joins later receives the outcomes from then on, including those of chunks in flight.
 *
 * @example
 * const job = profiles.bulkUpsert(customers());
 * for await (const { from, to, status } of job) console.log(`${from} to ${to - 1}: ${status}`);
 * const { items } = await job;
 */
export class BulkUpsertJob implements Promise<BulkSummary>, AsyncIterable<ChunkOutcome> {
  readonly [Symbol.toStringTag] = "BulkUpsertJob";
  #resolve: (summary: BulkSummary) => void = () => {};
  #reject: (reason: unknown) => void = () => {};
  readonly #summary = new Promise<BulkSummary>((resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  });
  readonly #outcomes: AsyncGenerator<ChunkOutcome, void>;
  /** The outcome that the job waits for while it has no reader. */
  #next: Promise<IteratorResult<ChunkOutcome, void>> | undefined;
  #hasReader = false;

  /** @internal */
  constructor(outcomes: AsyncIterable<ChunkOutcome>) {
    this.#outcomes = this.#summarized(outcomes);
    // Callers who await or iterate the job receive the error there. Otherwise, nobody has to handle it.
    this.#summary.catch(() => {});
    void this.#drain();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChunkOutcome, void> {
    this.#hasReader = true;
    const next = this.#next;
    this.#next = undefined;
    try {
      const result = await next;
      if (result?.done === false) yield result.value;
      yield* this.#outcomes;
    } finally {
      await this.#outcomes.return();
    }
    await this.#summary;
  }

  // biome-ignore lint/suspicious/noThenProperty: a job is a promise.
  then<Fulfilled = BulkSummary, Rejected = never>(
    onFulfilled?: ((value: BulkSummary) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#summary.then(onFulfilled, onRejected);
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<BulkSummary | Rejected> {
    return this.#summary.catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<BulkSummary> {
    return this.#summary.finally(onFinally);
  }

  /** Passes the outcomes on, and settles the summary when they end. */
  async *#summarized(outcomes: AsyncIterable<ChunkOutcome>): AsyncGenerator<ChunkOutcome, void> {
    const summary = { items: 0, chunks: 0 };
    try {
      for await (const outcome of outcomes) {
        // A failed chunk is counted too, but the outcomes then end with an error, and there is no summary.
        summary.items += outcome.to - outcome.from;
        summary.chunks++;
        yield outcome;
      }
      this.#resolve(summary);
    } catch (error) {
      this.#reject(error);
      throw error;
    } finally {
      // Has no effect unless the reader stopped early, because the summary is settled otherwise.
      this.#reject(new DOMException("The reader of the bulk upsert stopped before its end.", "AbortError"));
    }
  }

  /** Runs the job while it has no reader. */
  async #drain(): Promise<void> {
    try {
      // A reader that joins in the same tick sets the pace from the first chunk on.
      await Promise.resolve();
      while (!this.#hasReader) {
        this.#next = this.#outcomes.next();
        if ((await this.#next).done) return;
      }
    } catch {
      // The summary rejects with the error.
    }
  }
}
