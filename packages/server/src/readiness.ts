import type { Storage } from "./storage/storage.ts";

/** How often storage that failed is tried again, in milliseconds. */
const PROBE_MS = 500;

/**
 * Whether this server can answer. It cannot while its storage is out of reach, which it tries again by itself, nor once it was
 * told to stop.
 */
export class Readiness {
  readonly #storage: Pick<Storage, "probe">;
  #isStorageUp = true;
  #isStopping = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(storage: Pick<Storage, "probe">) {
    this.#storage = storage;
  }

  get isReady(): boolean {
    return this.#isStorageUp && !this.#isStopping;
  }

  /** To be told of every call of the storage that failed. */
  storageFailed(): void {
    this.#isStorageUp = false;
    this.#retry ??= setTimeout(() => this.#probe(), PROBE_MS).unref();
  }

  stop(): void {
    this.#isStopping = true;
    clearTimeout(this.#retry);
  }

  async #probe(): Promise<void> {
    try {
      await this.#storage.probe();
      this.#isStorageUp = true;
      this.#retry = undefined;
    } catch {
      if (!this.#isStopping) this.#retry = setTimeout(() => this.#probe(), PROBE_MS).unref();
    }
  }
}
