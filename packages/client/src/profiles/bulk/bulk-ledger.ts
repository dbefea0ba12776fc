import type { Chunk } from "./read-chunks.ts";

/** How far a bulk upsert has come. */
export interface BulkProgress {
  /** How many items were accepted. */
  readonly accepted: number;
  /** The first item that is not known to be accepted. All before it are: another run can go on with it as `startAt`. */
  readonly resumeAt: number;
}

/** Keeps account of chunks, which begin in the order of the source and end in any. */
export class BulkLedger {
  /** Begun and not accepted, the lowest first. */
  readonly #open = new Set<Chunk>();
  #begunTo = 0;
  #accepted = 0;

  begin(chunk: Chunk): void {
    this.#open.add(chunk);
    this.#begunTo = chunk.to;
  }

  accept(chunk: Chunk): void {
    this.#open.delete(chunk);
    this.#accepted += chunk.to - chunk.from;
  }

  get progress(): BulkProgress {
    const [lowest] = this.#open;
    return { accepted: this.#accepted, resumeAt: lowest?.from ?? this.#begunTo };
  }
}
