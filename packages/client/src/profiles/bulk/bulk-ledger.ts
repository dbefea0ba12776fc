import type { Chunk } from "./read-chunks.ts";

/** The progress of a bulk upsert. */
export interface BulkProgress {
  /** The number of accepted items. */
  readonly accepted: number;
  /** Index of the first item that is not known to be accepted. All items before it are accepted. Pass it as `startAt` to resume. */
  readonly resumeAt: number;
}

/** Keeps track of chunks, which start in the order of the source and end in any order. */
export class BulkLedger {
  /** Chunks that started and are not accepted, in the order of the source. */
  readonly #open = new Set<Chunk>();
  #startedTo = 0;
  #accepted = 0;

  start(chunk: Chunk): void {
    this.#open.add(chunk);
    this.#startedTo = chunk.to;
  }

  accept(chunk: Chunk): void {
    this.#open.delete(chunk);
    this.#accepted += chunk.to - chunk.from;
  }

  get progress(): BulkProgress {
    const [first] = this.#open;
    return { accepted: this.#accepted, resumeAt: first?.from ?? this.#startedTo };
  }
}
