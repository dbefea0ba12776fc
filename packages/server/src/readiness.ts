import { clearTimeout, setTimeout } from "node:timers";
import { type Storage, StorageBusyError, StorageUnavailableError } from "./storage/storage.ts";

/** How often storage that failed is tried again, in milliseconds. */
const PROBE_MS = 500;

/**
 * Whether this server can answer. It cannot while its storage is out of reach, which it tries again by itself, nor once it was
 * told to stop.
 */
export class Readiness {
  readonly #storage: Pick<Storage, "probe">;
  readonly #changed: (isReady: boolean) => void;
  #isStorageUp = true;
  #isStopping = false;
  #retry: NodeJS.Timeout | undefined;

  /** @param changed is told when the storage fails, and when it is back */
  constructor(storage: Pick<Storage, "probe">, changed: (isReady: boolean) => void = () => {}) {
    this.#storage = storage;
    this.#changed = changed;
  }

  get isReady(): boolean {
    return this.#isStorageUp && !this.#isStopping;
  }

  /** To be told of whatever failed. A storage that is only busy answers the next call. */
  failedBy(error: unknown): void {
    if (!(error instanceof StorageUnavailableError) || error instanceof StorageBusyError) return;
    if (this.#isStorageUp) this.#changed(false);
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
      this.#changed(true);
    } catch {
      if (!this.#isStopping) this.#retry = setTimeout(() => this.#probe(), PROBE_MS).unref();
    }
  }
}
