import type { Clock } from "../../domain/clock.ts";
import type { Command } from "../../domain/commands/command.ts";
import type { Snapshot, Storage, StorageReads, WrittenStore } from "../../storage/storage.ts";

/** What is visible, and the writes that are not visible yet, in their order. Plain data. */
export interface ReplicaState {
  readonly visible: Snapshot;
  readonly pending: readonly PendingWrite[];
}

interface PendingWrite {
  readonly storeId: string;
  readonly commands: readonly Command[];
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

/** What readers see while writes become visible later. Its calls must not overlap. */
export class Replica {
  readonly #storage: Storage;
  readonly #stores: ReadonlyMap<string, WrittenStore>;
  readonly #clock: Clock;
  #pending: PendingWrite[] = [];

  /**
   * @param storage an empty one
   * @param stores by ID
   */
  constructor(storage: Storage, stores: ReadonlyMap<string, WrittenStore>, clock: Clock) {
    this.#storage = storage;
    this.#stores = stores;
    this.#clock = clock;
  }

  get visible(): StorageReads {
    return this.#storage;
  }

  get pendingCount(): number {
    return this.#pending.length;
  }

  /** Takes a write that the primary has applied. */
  delay(storeId: string, commands: readonly Command[]): void {
    this.#pending.push({ storeId, commands, writtenAt: this.#clock.now() });
  }

  /** Makes everything visible that was written at least so many milliseconds ago. */
  async showOlderThan(ms: number): Promise<void> {
    const last = this.#clock.now() - ms;
    const recent = this.#pending.findIndex(({ writtenAt }) => writtenAt > last);
    await this.show(recent === -1 ? this.#pending.length : recent);
  }

  /**
   * Makes the oldest writes visible.
   *
   * @param count the maximum number; a batch of profiles or of rows is one
   * @returns the number of writes that became visible
   */
  async show(count: number): Promise<number> {
    const shown = this.#pending.splice(0, count);
    for (const { storeId, commands } of shown) {
      const store = this.#stores.get(storeId);
      if (store !== undefined) await this.#storage.apply(store, commands);
    }
    return shown.length;
  }

  async save(): Promise<ReplicaState> {
    return { visible: await this.#storage.snapshot([...this.#stores.keys()]), pending: [...this.#pending] };
  }

  async load({ visible, pending }: ReplicaState): Promise<void> {
    await this.#storage.restore([...this.#stores.keys()], visible);
    this.#pending = [...pending];
  }

  close(): Promise<void> {
    return this.#storage.close();
  }
}
