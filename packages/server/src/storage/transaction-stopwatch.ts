import type { ProfileRows } from "../domain/profiles/profile-rows.ts";
import type { StepSeconds, TransactionStep } from "./storage-observer.ts";

/** Measures the steps of one transaction. */
export class TransactionStopwatch {
  readonly #milliseconds: Partial<Record<TransactionStep, number>> = {};
  #lastMark = performance.now();

  /** Marks the beginning of an attempt. After a conflict, the time of the failed commit and of the pause is not part of a step. */
  begun(): void {
    this.#milliseconds.begin ??= performance.now() - this.#lastMark;
  }

  /** Marks the end of the work, before the commit. */
  worked(): void {
    this.#lastMark = performance.now();
  }

  /** @returns the seconds of each step, at the end of the commit */
  committed(): StepSeconds {
    this.#milliseconds.commit = performance.now() - this.#lastMark;
    return Object.fromEntries(Object.entries(this.#milliseconds).map(([step, ms]) => [step, ms / 1000]));
  }

  /** The same rows, measured. */
  measured(rows: ProfileRows): ProfileRows {
    return {
      readIdentifiers: (ids) => this.#measure("lock", () => rows.readIdentifiers(ids)),
      claimIdentifiers: (claims, meanwhile) => this.#measure("lock", () => rows.claimIdentifiers(claims, meanwhile)),
      lockProfiles: (identifiers, ids) => this.#measure("lock", () => rows.lockProfiles(identifiers, ids)),
      readContents: (profiles) => this.#measure("read", () => rows.readContents(profiles)),
      write: (changeSet) => this.#measure("write", () => rows.write(changeSet)),
    };
  }

  async #measure<Result>(step: TransactionStep, work: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      this.#milliseconds[step] = (this.#milliseconds[step] ?? 0) + performance.now() - startedAt;
    }
  }
}
