import { KeepAliveClient, UnexpectedStatusError } from "../support/keep-alive-client.ts";
import type { Tables } from "../support/tables.ts";
import { Subject } from "./subject.ts";
import { crowd, file, person, type Workload } from "./workloads.ts";

/** What is written at the same time, over and over. */
const WORKLOADS: readonly Workload[] = [...Array.from({ length: 12 }, () => person), crowd, crowd, file];

/** Writes to servers that come and go, and knows what must be there. */
export class Writer {
  readonly #subjects: Subject[] = [];

  /** How many writes were acknowledged. */
  acknowledged = 0;
  #goal: { readonly acknowledged: number; readonly resolve: () => void } | undefined;

  /** Resolves once this many more writes were acknowledged. */
  more(writes: number): Promise<void> {
    return new Promise((resolve) => {
      this.#goal = { acknowledged: this.acknowledged + writes, resolve };
    });
  }

  /**
   * Resolves once it has stopped. Nothing else that stands in the way of a write does it any harm, but for a refusal.
   *
   * @param stop is looked at between two subjects
   */
  async write(url: string, stop: AbortSignal): Promise<void> {
    const client = new KeepAliveClient(url);
    await Promise.all(WORKLOADS.map((workload) => this.#repeat(workload, client, stop)));
  }

  /** Holds what is there against all that was ever written. */
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
        // Whoever is not there, or not ready, is asked again once that has changed.
        while (!stop.aborted && (await client.readiness()) !== 200);
      }
    }
  }
}
