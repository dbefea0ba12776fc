import { setImmediate } from "node:timers";
import { Worker } from "node:worker_threads";
import type { Command } from "../../domain/command.ts";
import {
  type ImportProgress,
  type ImportRecord,
  type Lease,
  type Snapshot,
  type Storage,
  StorageUnavailableError,
} from "../storage.ts";
import { type Call, errorOf, inBundles, type Reply } from "./calls.ts";
import type { SqliteOptions } from "./sqlite-storage.ts";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const CLOSED = "The embedded database is closed.";

/** The embedded database in a thread of its own, so that no wait for the disk holds up the one that answers requests. */
export class ThreadedStorage implements Storage {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #send: (call: Call) => void;
  #lastId = 0;
  #isClosed = false;

  private constructor(options: SqliteOptions) {
    this.#worker = new Worker(new URL(`./sqlite-thread${import.meta.url.slice(-3)}`, import.meta.url), {
      workerData: options,
      stdin: false,
      // What a write leaves behind is short-lived. More room for it would only be memory that is never given back.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#send = inBundles<Call>((calls) => this.#worker.postMessage(calls));
    this.#worker.on("message", (replies: Reply[]) => {
      for (const reply of replies) this.#settle(reply);
    });
    this.#worker.on("error", (error) => {
      this.#fail("The thread of the embedded database failed.");
      // Without its database this process is of no use. Whoever watches it can start it anew.
      setImmediate(() => {
        throw error;
      });
    });
    this.#worker.on("exit", () => {
      this.#isClosed = true;
      this.#fail(CLOSED);
    });
  }

  /** @throws {StorageUnavailableError} if the database cannot be opened */
  static async open(options: SqliteOptions): Promise<ThreadedStorage> {
    const storage = new ThreadedStorage(options);
    await new Promise((resolve, reject) => storage.#waiting.set(0, { resolve, reject })).catch(async (error) => {
      await storage.#worker.terminate();
      throw error;
    });
    return storage;
  }

  apply = (storeId: string, commands: readonly Command[]) => this.#call("apply", storeId, commands);
  fetchProfile = (storeId: string, profileId: string, groups?: readonly string[]) =>
    this.#call("fetchProfile", storeId, profileId, groups);
  listProfiles = (storeId: string, order: "ASC" | "DESC", limit: number, after?: string) =>
    this.#call("listProfiles", storeId, order, limit, after);
  createImport = (storeId: string, created: ImportRecord) => this.#call("createImport", storeId, created);
  fetchImport = (storeId: string, importId: string) => this.#call("fetchImport", storeId, importId);
  listImports = (storeId: string, limit: number) => this.#call("listImports", storeId, limit);
  acceptUpload = (storeId: string, importId: string, uploadId: string, now: number) =>
    this.#call("acceptUpload", storeId, importId, uploadId, now);
  claimImport = (storeId: string, owner: string, now: number, until: number) =>
    this.#call("claimImport", storeId, owner, now, until);
  applyRows = (lease: Lease, commands: readonly Command[], progress: ImportProgress) =>
    this.#call("applyRows", lease, commands, progress);
  finishImport = (lease: Lease, status: "COMPLETED" | "FAILED", progress: ImportProgress) =>
    this.#call("finishImport", lease, status, progress);
  releaseImport = (lease: Lease) => this.#call("releaseImport", lease);
  probe = () => this.#call("probe");
  snapshot = () => this.#call("snapshot");
  restore = (snapshot: Snapshot) => this.#call("restore", snapshot);

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    await this.#call("close");
    await ended;
  }

  #call<Method extends keyof Storage>(
    method: Method,
    ...values: Parameters<Storage[Method]>
  ): ReturnType<Storage[Method]>;
  #call(method: Call["method"], ...values: Call["values"]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new StorageUnavailableError(CLOSED));
      const id = ++this.#lastId;
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, values } as Call);
    });
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ("failure" in reply) waiting?.reject(errorOf(reply));
    else waiting?.resolve(reply.value);
  }

  #fail(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new StorageUnavailableError(message));
    this.#waiting.clear();
  }
}
