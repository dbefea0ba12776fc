import type { Command, Outcome } from "../domain/command.ts";
import { StorageUnavailableError } from "./storage.ts";

/** Applies commands to a store in a transaction. */
export type Apply = (storeId: string, commands: readonly Command[]) => Promise<readonly Outcome[]>;

const MAX_IN_FLIGHT = 4;
const MAX_COMMANDS = 1000;

interface Call {
  readonly commands: readonly Command[];
  resolve(outcomes: readonly Outcome[]): void;
  reject(error: unknown): void;
}

/**
 * Lets calls share a transaction. A call begins at once while few are under way at its store; those that come meanwhile wait, and
 * then go together. If what they share fails, each is tried by itself, so that no call fails for another's sake.
 */
export function createWriteQueue(apply: Apply): Apply {
  const queues = new Map<string, StoreQueue>();
  return (storeId, commands) => {
    const queue = queues.get(storeId) ?? new StoreQueue((batch) => apply(storeId, batch));
    queues.set(storeId, queue);
    return queue.add(commands);
  };
}

class StoreQueue {
  readonly #apply: (commands: readonly Command[]) => Promise<readonly Outcome[]>;
  readonly #waiting: Call[] = [];
  #inFlight = 0;

  constructor(apply: (commands: readonly Command[]) => Promise<readonly Outcome[]>) {
    this.#apply = apply;
  }

  add(commands: readonly Command[]): Promise<readonly Outcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commands, resolve, reject });
      if (this.#inFlight < MAX_IN_FLIGHT) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#inFlight++;
    while (this.#waiting.length > 0) await this.#applyTogether(this.#take());
    this.#inFlight--;
  }

  /** At least one call, and as many more as stay within the size. */
  #take(): Call[] {
    let calls = 0;
    let size = 0;
    for (const { commands } of this.#waiting) {
      size += commands.length;
      if (calls > 0 && size > MAX_COMMANDS) break;
      calls++;
    }
    return this.#waiting.splice(0, calls);
  }

  async #applyTogether(calls: readonly Call[]): Promise<void> {
    try {
      const outcomes = await this.#apply(calls.flatMap(({ commands }) => commands));
      let end = 0;
      for (const { commands, resolve } of calls) {
        const start = end;
        end += commands.length;
        resolve(outcomes.slice(start, end));
      }
    } catch (error) {
      if (calls.length === 1 || error instanceof StorageUnavailableError) for (const { reject } of calls) reject(error);
      else for (const call of calls) await this.#applyTogether([call]);
    }
  }
}
