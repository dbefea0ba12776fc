import type { Clock } from "../../clock.ts";
import type { Command } from "../../domain/command.ts";
import type { ImportProgress, ImportRecord, Lease, ProfileStorage, Snapshot, Storage } from "../../storage/storage.ts";
import { Gate } from "../gate.ts";
import { Replica, type ReplicaState } from "./replica.ts";

/** When a write to profiles can be read: at once, so many milliseconds of the sandbox's clock after it, or when it is stepped. */
export type Consistency =
  | { readonly mode: "immediate" }
  | { readonly mode: "delayed"; readonly ms: number }
  | { readonly mode: "manual" };

/** All that a delayed storage holds, as plain data. */
export interface DelayedState {
  readonly primary: Snapshot;
  readonly consistency: Consistency;
  /** Absent where everything is visible at once. */
  readonly replica?: ReplicaState;
}

/**
 * A storage whose writes to profiles become visible later, as they may in the live service. The primary is written at once, and
 * answers for what a write meets. Reads go to a replica, to which the same commands are applied in the same order: they carry
 * their IDs and times, so it comes to the same state. Without a replica writes pass side by side, and may share a transaction.
 */
export class DelayedStorage implements Storage {
  readonly #primary: Storage;
  readonly #openReplica: () => Storage;
  readonly #clock: Clock;
  #consistency: Consistency = { mode: "immediate" };
  #replica: Replica | undefined;
  /** A replica comes and goes while nothing else is under way. */
  readonly #gate = new Gate();
  #lastTurn: Promise<unknown> = Promise.resolve();

  /** @param openReplica opens an empty storage for the same stores */
  constructor(primary: Storage, openReplica: () => Storage, clock: Clock) {
    this.#primary = primary;
    this.#openReplica = openReplica;
    this.#clock = clock;
  }

  /** The mode, and how many writes are not visible yet. */
  consistency(): Promise<Consistency & { readonly pending: number }> {
    return this.#inTurn(async () => {
      await this.#showDue();
      return { ...this.#consistency, pending: this.#replica?.pendingCount ?? 0 };
    });
  }

  /** What was delayed stays so, unless everything is to be visible at once. */
  setConsistency(consistency: Consistency): Promise<void> {
    return this.#gate.alone(async () => {
      if (consistency.mode === "immediate") await this.#dropReplica();
      else if (this.#replica === undefined)
        await this.#loadReplica({ visible: await this.#primary.snapshot(), pending: [] });
      this.#consistency = consistency;
    });
  }

  /**
   * Makes the oldest writes visible that are not yet.
   *
   * @param count how many at most; a batch of profiles or of rows is one
   * @returns how many there were
   */
  step(count = Number.POSITIVE_INFINITY): Promise<number> {
    return this.#inTurn(async () => this.#replica?.show(count) ?? 0);
  }

  /** The whole state, with what is not visible yet. */
  save(): Promise<DelayedState> {
    return this.#gate.alone(async () => ({
      primary: await this.#primary.snapshot(),
      consistency: this.#consistency,
      ...(this.#replica && { replica: await this.#replica.save() }),
    }));
  }

  load({ primary, consistency, replica }: DelayedState): Promise<void> {
    return this.#gate.alone(async () => {
      await this.#primary.restore(primary);
      if (replica === undefined) await this.#dropReplica();
      else await this.#loadReplica(replica);
      this.#consistency = consistency;
    });
  }

  apply(storeId: string, commands: readonly Command[]) {
    return this.#inTurn(async () => {
      const outcomes = await this.#primary.apply(storeId, commands);
      this.#replica?.delay(storeId, commands);
      return outcomes;
    });
  }

  applyRows(lease: Lease, commands: readonly Command[], progress: ImportProgress) {
    return this.#inTurn(async () => {
      const applied = await this.#primary.applyRows(lease, commands, progress);
      if (applied) this.#replica?.delay(lease.storeId, commands);
      return applied;
    });
  }

  fetchProfile(storeId: string, profileId: string, groups?: readonly string[]) {
    return this.#readVisible((storage) => storage.fetchProfile(storeId, profileId, groups));
  }

  listProfiles(storeId: string, order: "ASC" | "DESC", limit: number, after?: string) {
    return this.#readVisible((storage) => storage.listProfiles(storeId, order, limit, after));
  }

  createImport = (storeId: string, created: ImportRecord) => this.#primary.createImport(storeId, created);
  fetchImport = (storeId: string, importId: string) => this.#primary.fetchImport(storeId, importId);
  listImports = (storeId: string, limit: number) => this.#primary.listImports(storeId, limit);
  acceptUpload = (storeId: string, importId: string, uploadId: string, now: number) =>
    this.#primary.acceptUpload(storeId, importId, uploadId, now);
  claimImport = (storeId: string, owner: string, now: number, until: number) =>
    this.#primary.claimImport(storeId, owner, now, until);
  finishImport = (lease: Lease, status: "COMPLETED" | "FAILED", progress: ImportProgress) =>
    this.#primary.finishImport(lease, status, progress);
  releaseImport = (lease: Lease) => this.#primary.releaseImport(lease);
  probe = () => this.#primary.probe();
  snapshot = () => this.#primary.snapshot();

  /** Everything of the snapshot is visible at once; the mode stays. */
  async restore(snapshot: Snapshot): Promise<void> {
    const consistency = this.#consistency;
    const isDelayed = consistency.mode !== "immediate";
    await this.load({
      primary: snapshot,
      consistency,
      ...(isDelayed && { replica: { visible: snapshot, pending: [] } }),
    });
  }

  async close(): Promise<void> {
    await this.#gate.alone(() => this.#dropReplica());
    await this.#primary.close();
  }

  #readVisible<T>(read: (storage: ProfileStorage) => Promise<T>): Promise<T> {
    if (this.#replica === undefined) return read(this.#primary);
    return this.#inTurn(async () => {
      await this.#showDue();
      return read(this.#replica?.visible ?? this.#primary);
    });
  }

  async #showDue(): Promise<void> {
    if (this.#consistency.mode === "delayed") await this.#replica?.showOlderThan(this.#consistency.ms);
  }

  async #loadReplica(state: ReplicaState): Promise<void> {
    this.#replica ??= new Replica(this.#openReplica(), this.#clock);
    await this.#replica.load(state);
  }

  async #dropReplica(): Promise<void> {
    await this.#replica?.close();
    this.#replica = undefined;
  }

  /** With a replica one after the other, so that it sees the order that the primary saw. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#gate.pass(() => {
      if (this.#replica === undefined) return work();
      const result = this.#lastTurn.then(work);
      this.#lastTurn = result.catch(() => {});
      return result;
    });
  }
}
