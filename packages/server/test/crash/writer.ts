import { KeepAliveClient, UnexpectedStatusError } from "../support/keep-alive-client.ts";
import type { Tables } from "../support/tables.ts";
import { Subject } from "./subject.ts";
import { crowd, file, person, type Workload } from "./workloads.ts";

/** Workloads that run concurrently and repeatedly. */
const WORKLOADS: readonly Workload[] = [...Array.from({ length: 12 }, () => person), crowd, crowd, file];

/** Writes to servers that may stop at any time, and knows which data must be stored. */
export class Writer {
  readonly #subjects: Subject[] = [];

  /** Number of acknowledged writes. */
  acknowledged = 0;
  #goal: { readonly acknowledged: number; readonly resolve: () => void } | undefined;

  /** Resolves once this many more writes are acknowledged. */
  more(writes: number): Promise<void> {
    return new Promise((resolve) => {
      this.#goal = { acknowledged: this.acknowledged + writes, resolve };
    });
  }

  /**
   * Writes until it is stopped. Tolerates connection errors and 503 responses, but rejects with any other unexpected status.
   *
   * @param stop checked between two subjects
   */
  async write(url: string, stop: AbortSignal): Promise<void> {
    const client = new KeepAliveClient(url);
    await Promise.all(WORKLOADS.map((workload) => this.#repeat(workload, client, stop)));
  }

  /** Compares the stored data with everything that was written. */
  faults(tables: Tables): string[] {
    return this.#subjects.flatMap((subject) => subject.faults(tables));
  }

  #onAcknowledged(): void {
    this.acknowledged++;
    if (this.acknowledged === this.#goal?.acknowledged) this.#goal.resolve();
  }

  async #repeat(workload: Workload, client: KeepAliveClient, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const number = this.#subjects.length;
      const subject = new Subject(`${workload.name} ${number}`, () => this.#onAcknowledged());
      this.#subjects.push(subject);
      try {
        await workload(client, subject, number);
      } catch (error) {
        if (error instanceof UnexpectedStatusError && error.status !== 503) throw error;
        // Waits until the server is ready again.
        while (!stop.aborted && (await client.readiness()) !== 200);
      }
    }
  }
}
