import { setImmediate } from "node:timers";
import { Worker } from "node:worker_threads";
import { forwarding, WRITES } from "../forwarding.ts";
import { StorageUnavailableError, type StorageWrites } from "../storage.ts";
import type { StorageObserver } from "../storage-observer.ts";
import { type Call, errorOf, packCommands, type Reply, resultOf } from "./messages.ts";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const CLOSED = "The embedded database is closed.";

/**
 * Opens the embedded database in a separate thread, so that no wait for the disk blocks the thread that responds to requests.
 *
 * @param file path of the database file
 * @throws {StorageUnavailableError} if the database cannot be opened
 */
export async function openThread(file: string, observer?: StorageObserver): Promise<StorageWrites> {
  const thread = new DatabaseThread(file, observer);
  await thread.opened;
  return forwarding<StorageWrites>(WRITES, (method, values) =>
    method === "close" ? thread.close() : thread.call(method, values),
  );
}

class DatabaseThread {
  /** Rejects if the database cannot be opened. */
  readonly opened: Promise<unknown>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isClosed = false;

  constructor(file: string, observer?: StorageObserver) {
    this.#worker = new Worker(new URL(`./worker${import.meta.url.slice(-3)}`, import.meta.url), {
      workerData: file,
      stdin: false,
      // With less, bulk requests are slower. More would only hold memory that is never released, and an import would exceed 300 MiB.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.#worker.on("message", (reply: Reply) => {
      for (const seconds of reply.committed ?? []) observer?.committed(seconds);
      this.#settle(reply);
    });
    this.#worker.on("error", (error) => {
      this.#fail("The thread of the embedded database failed.");
      // This process cannot work without its database. A supervisor can restart it.
      setImmediate(() => {
        throw error;
      });
    });
    this.#worker.on("exit", () => {
      this.#isClosed = true;
      this.#fail(CLOSED);
    });
    this.opened = new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject })).catch(async (error) => {
      await this.#worker.terminate();
      throw error;
    });
  }

  call(method: Call["method"], values: Call["values"]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new StorageUnavailableError(CLOSED));
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, values: packCommands(values) } satisfies Call);
    });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    await this.call("close", []);
    await ended;
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("failure" in reply) waiting?.reject(errorOf(reply));
    else waiting?.resolve(resultOf(reply));
  }

  #fail(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new StorageUnavailableError(message));
    this.#waiting.clear();
  }
}
