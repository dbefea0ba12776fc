import { clearTimeout, setTimeout } from "node:timers";
import { isDeepStrictEqual } from "node:util";
import { StorageBusyError, type StorageNode, StorageUnavailableError } from "../storage/storage.ts";

/**
 * How often the storage is probed, in milliseconds: while it is available, and after it failed. A probe that takes longer than `probeMs`, such
 * as on a disk that hangs, has failed; a wait for a lock or a connection ends sooner.
 */
const INTERVALS = { availableMs: 30_000, failedMs: 500, probeMs: 20_000 };

/**
 * Whether this server can accept requests. It is not ready while its storage cannot be reached or written, or after it starts to stop. On a
 * cluster, one available node is enough. The server probes the storage regularly, so it notices a failure and a recovery without a request.
 */
export class Readiness {
  readonly #probe: () => Promise<readonly StorageNode[]>;
  readonly #changed: (isReady: boolean, nodes: readonly StorageNode[]) => void;
  readonly #intervals: typeof INTERVALS;
  #isStorageUp = true;
  #nodes: readonly StorageNode[] = [];
  #isStopping = false;
  #isProbing = false;
  #next: NodeJS.Timeout | undefined;

  /**
   * @param probe checks that the storage can be written, and returns its nodes
   * @param changed called when the storage or one of its nodes fails, and when it is available again
   * @param nodes the nodes of the storage at first
   */
  constructor(
    probe: () => Promise<readonly StorageNode[]>,
    changed: (isReady: boolean, nodes: readonly StorageNode[]) => void = () => {},
    nodes: readonly StorageNode[] = [],
    intervals = INTERVALS,
  ) {
    this.#nodes = nodes;
    this.#probe = probe;
    this.#changed = changed;
    this.#intervals = intervals;
    this.#schedule();
  }

  get isReady(): boolean {
    return this.#isStorageUp && !this.#isStopping;
  }

  /** The nodes of a cluster, as the last probe found them. None if a single database has all stores. */
  get nodes(): readonly StorageNode[] {
    return this.#nodes;
  }

  /**
   * Reports any error. A storage that is merely overloaded, or that waited for a lock, is available. On a cluster, the error may be of a
   * single node, so a probe decides.
   */
  failedBy(error: unknown): void {
    if (!(error instanceof StorageUnavailableError) || error instanceof StorageBusyError) return;
    if (this.#nodes.length === 0) this.#set(false, this.#nodes);
    else if (this.#isWhole) this.#schedule(0);
  }

  stop(): void {
    this.#isStopping = true;
    clearTimeout(this.#next);
  }

  /** Whether the storage and each of its nodes are available. */
  get #isWhole(): boolean {
    return this.#isStorageUp && this.#nodes.every(({ isAvailable }) => isAvailable);
  }

  #set(isUp: boolean, nodes: readonly StorageNode[]): void {
    if (this.#isStopping) return;
    const isChanged = isUp !== this.#isStorageUp || !isDeepStrictEqual(nodes, this.#nodes);
    this.#isStorageUp = isUp;
    this.#nodes = nodes;
    if (!isChanged) return;
    this.#changed(isUp, nodes);
    this.#schedule();
  }

  #schedule(ms = this.#isWhole ? this.#intervals.availableMs : this.#intervals.failedMs): void {
    if (this.#isStopping) return;
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#check(), ms).unref();
  }

  async #check(): Promise<void> {
    if (this.#isProbing) return;
    this.#isProbing = true;
    const late = setTimeout(() => this.#set(false, this.#nodes), this.#intervals.probeMs).unref();
    const { isUp, nodes } = await this.#probe().then(
      (found) => ({ isUp: true, nodes: found }),
      (error) => {
        const isUp = error instanceof StorageBusyError;
        return { isUp, nodes: isUp ? this.#nodes : this.#nodes.map(({ id }) => ({ id, isAvailable: false })) };
      },
    );
    clearTimeout(late);
    this.#isProbing = false;
    this.#set(isUp, nodes);
    this.#schedule();
  }
}
