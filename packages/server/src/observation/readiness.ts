import { clearTimeout, setTimeout } from "node:timers";
import { StorageBusyError, StorageUnavailableError } from "../storage/storage.ts";

/**
 * How often the storage is probed, in milliseconds: while it is available, and after it failed. A probe that takes longer than `probeMs`, such
 * as on a disk that hangs, has failed; a wait for a lock or a connection ends sooner.
 */
const INTERVALS = { availableMs: 30_000, failedMs: 500, probeMs: 20_000 };

/**
 * Whether this server can accept requests. It is not ready while its storage cannot be reached or written, or after it starts to stop. It
 * probes the storage regularly, so it notices a failure and a recovery without a request.
 */
export class Readiness {
  readonly #probe: () => Promise<void>;
  readonly #changed: (isReady: boolean) => void;
  readonly #intervals: typeof INTERVALS;
  #isStorageUp = true;
  #isStopping = false;
  #isProbing = false;
  #next: NodeJS.Timeout | undefined;

  /**
   * @param probe checks that the storage can be written
   * @param changed called when the storage fails, and when it is available again
   */
  constructor(probe: () => Promise<void>, changed: (isReady: boolean) => void = () => {}, intervals = INTERVALS) {
    this.#probe = probe;
    this.#changed = changed;
    this.#intervals = intervals;
    this.#schedule();
  }

  get isReady(): boolean {
    return this.#isStorageUp && !this.#isStopping;
  }

  /** Reports any error. A storage that is merely overloaded, or that waited for a lock, is available. */
  failedBy(error: unknown): void {
    if (!(error instanceof StorageUnavailableError) || error instanceof StorageBusyError) return;
    this.#setUp(false);
  }

  stop(): void {
    this.#isStopping = true;
    clearTimeout(this.#next);
  }

  #setUp(isUp: boolean): void {
    if (this.#isStopping || isUp === this.#isStorageUp) return;
    this.#isStorageUp = isUp;
    this.#changed(isUp);
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#next);
    const { availableMs, failedMs } = this.#intervals;
    this.#next = setTimeout(() => this.#check(), this.#isStorageUp ? availableMs : failedMs).unref();
  }

  async #check(): Promise<void> {
    if (this.#isProbing) return;
    this.#isProbing = true;
    const late = setTimeout(() => this.#setUp(false), this.#intervals.probeMs).unref();
    const isUp = await this.#probe().then(
      () => true,
      (error) => error instanceof StorageBusyError,
    );
    clearTimeout(late);
    this.#isProbing = false;
    this.#setUp(isUp);
    if (!this.#isStopping) this.#schedule();
  }
}
