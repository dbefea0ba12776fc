import type { DatabaseSync } from "node:sqlite";
// Not the global one, which fake timers may replace in a process with a sandbox.
import { setImmediate } from "node:timers";
import { StorageUnavailableError } from "../storage.ts";
import { sqliteFault } from "./sqlite-fault.ts";

/** Part of a transaction. It may run twice: in the transaction that it shares, and alone if that one failed. */
type Write<T> = () => Promise<T>;

interface Waiting {
  readonly run: () => Promise<void>;
  readonly reject: (error: unknown) => void;
  settle: () => void;
}

/** How many writes share a transaction at most. */
const MAX_WRITES = 256;

/**
 * Group commit: writes that arrive while others are being committed share the next transaction, and so its wait for the disk.
 * A write is answered when its transaction is on the disk. If one of them fails, each is tried by itself.
 */
export class CommitQueue {
  readonly #database: DatabaseSync;
  readonly #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  add<T>(write: Write<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = {
        run: async () => {
          const value = await write();
          waiting.settle = () => resolve(value);
        },
        settle: () => {},
        reject,
      };
      this.#waiting.push(waiting);
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What else arrived in this turn of the event loop takes part.
      setImmediate(() => this.#drain());
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, MAX_WRITES);
      try {
        await this.#commit(together);
      } catch (error) {
        await this.#answerFailed(together, sqliteFault(error));
      }
      // Reads and new writes that arrived meanwhile come first.
      await new Promise(setImmediate);
    }
    this.#isRunning = false;
  }

  /** Where the database is at fault, it is for all of them. */
  async #answerFailed(together: readonly Waiting[], fault: unknown): Promise<void> {
    if (together.length === 1 || fault instanceof StorageUnavailableError) {
      for (const write of together) write.reject(fault);
      return;
    }
    for (const write of together) await this.#commit([write]).catch((alone) => write.reject(sqliteFault(alone)));
  }

  async #commit(writes: readonly Waiting[]): Promise<void> {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      for (const write of writes) await write.run();
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
    for (const write of writes) write.settle();
  }
}
