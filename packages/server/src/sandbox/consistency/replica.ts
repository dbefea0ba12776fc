import type { Clock } from "../../clock.ts";
import type { Command } from "../../domain/command.ts";
import type { ProfileStorage, Snapshot, Storage } from "../../storage/storage.ts";

/** What is visible, and the writes that are not yet, in their order. Plain data. */
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
  readonly #clock: Clock;
  #pending: PendingWrite[] = [];

  /** @param storage an empty one */
  constructor(storage: Storage, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  get visible(): ProfileStorage {
    return this.#storage;
  }

  get pendingCount(): number {
    return this.#pending.length;
  }

  /** Takes a write that the primary has done. */
  delay(storeId: string, commands: readonly Command[]): void {
    this.#pending.push({ storeId, commands, writtenAt: this.#clock.now() });
  }

  /** Makes what was written so many milliseconds ago visible. */
  async showOlderThan(ms: number): Promise<void> {
    const last = this.#clock.now() - ms;
    const recent = this.#pending.findIndex(({ writtenAt }) => writtenAt > last);
    await this.show(recent === -1 ? this.#pending.length : recent);
  }

  /**
   * Makes the oldest writes visible.
   *
   * @param count how many at most; a batch of profiles or of rows is one
   * @returns how many there were
   */
  async show(count: number): Promise<number> {
    const shown = this.#pending.splice(0, count);
    for (const { storeId, commands } of shown) await this.#storage.apply(storeId, commands);
    return shown.length;
  }

  async save(): Promise<ReplicaState> {
    return { visible: await this.#storage.snapshot(), pending: [...this.#pending] };
  }

  async load({ visible, pending }: ReplicaState): Promise<void> {
    await this.#storage.restore(visible);
    this.#pending = [...pending];
  }

  close(): Promise<void> {
    return this.#storage.close();
  }
}
