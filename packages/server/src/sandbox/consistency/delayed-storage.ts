import type { Clock } from "../../domain/clock.ts";
import type { Command, Outcome } from "../../domain/commands/command.ts";
import type { ImportProgress, Lease } from "../../domain/imports/import-state.ts";
import { forwardingTo, IMPORT_WRITES } from "../../storage/forwarding.ts";
import type {
  ApplyOptions,
  ImportWrites,
  Snapshot,
  Storage,
  StorageReads,
  StoreBatch,
  WrittenStore,
} from "../../storage/storage.ts";
import { Gate } from "../gate.ts";
import { Replica, type ReplicaState } from "./replica.ts";

/** When a write to profiles becomes visible: at once, so many milliseconds later by the clock of the sandbox, or in manual steps. */
export type Consistency =
  | { readonly mode: "immediate" }
  | { readonly mode: "delayed"; readonly ms: number }
  | { readonly mode: "manual" };

/** Everything in a delayed storage, as plain data. */
export interface DelayedState {
  readonly primary: Snapshot;
  readonly consistency: Consistency;
  /** Absent while everything is visible at once. */
  readonly replica?: ReplicaState;
}

/** A storage whose writes to profiles become visible later, as they may in the live service. */
export interface DelayedStorage extends Storage {
  /** The mode, and the number of writes that are not visible yet. */
  consistency(): Promise<Consistency & { readonly pending: number }>;
  /** Delayed writes stay delayed, unless the new mode is `immediate`. */
  setConsistency(consistency: Consistency): Promise<void>;
  /**
   * Makes the oldest delayed writes visible.
   *
   * @param count the maximum number; a batch of profiles or of rows is one
   * @returns the number of writes that became visible
   */
  step(count?: number): Promise<number>;
  /** The whole state, including what is not visible yet. */
  save(): Promise<DelayedState>;
  load(state: DelayedState): Promise<void>;
}

/**
 * Delays what readers see of a primary storage. The primary is written at once, and decides the outcome of a write. Reads go to a replica, to
 * which the same commands are applied in the same order: they contain their IDs and times, so the replica reaches the same state. Without a
 * replica, writes run concurrently and may share a transaction.
 *
 * @param openReplica opens an empty storage
 * @param stores by ID
 */
export function delayedStorage(
  primary: Storage,
  openReplica: () => Storage,
  stores: ReadonlyMap<string, WrittenStore>,
  clock: Clock,
): DelayedStorage {
  const visibility = new Visibility(primary, openReplica, stores, clock);
  return {
    ...forwardingTo<ImportWrites>(IMPORT_WRITES, primary),
    probe: (storeIds) => primary.probe(storeIds),
    reserve: (accountSid) => primary.reserve(accountSid),
    backlog: () => primary.backlog(),
    snapshot: (storeIds) => primary.snapshot(storeIds),
    fetchImport: (storeId, importId) => primary.fetchImport(storeId, importId),
    listImports: (storeId, limit) => primary.listImports(storeId, limit),
    oldestDueImport: (storeId, now) => primary.oldestDueImport(storeId, now),
    fetchProfile: (...values) => visibility.read((storage) => storage.fetchProfile(...values)),
    listProfiles: (...values) => visibility.read((storage) => storage.listProfiles(...values)),
    apply: (store, commands, options) => visibility.apply(store, commands, options),
    applyRows: (lease, rows, progress) => visibility.applyRows(lease, rows, progress),
    restore: (_storeIds, snapshot) => visibility.restore(snapshot),
    close: () => visibility.close(),
    consistency: () => visibility.consistency(),
    setConsistency: (consistency) => visibility.setConsistency(consistency),
    step: (count) => visibility.step(count),
    save: () => visibility.save(),
    load: (state) => visibility.load(state),
  };
}

class Visibility {
  readonly #primary: Storage;
  readonly #openReplica: () => Storage;
  readonly #stores: ReadonlyMap<string, WrittenStore>;
  readonly #clock: Clock;
  #consistency: Consistency = { mode: "immediate" };
  #replica: Replica | undefined;
  /** The replica is opened and closed while nothing else is under way. */
  readonly #gate = new Gate();
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(primary: Storage, openReplica: () => Storage, stores: ReadonlyMap<string, WrittenStore>, clock: Clock) {
    this.#primary = primary;
    this.#openReplica = openReplica;
    this.#stores = stores;
    this.#clock = clock;
  }

  consistency(): Promise<Consistency & { readonly pending: number }> {
    return this.#inTurn(async () => {
      await this.#showDue();
      return { ...this.#consistency, pending: this.#replica?.pendingCount ?? 0 };
    });
  }

  setConsistency(consistency: Consistency): Promise<void> {
    return this.#gate.alone(async () => {
      if (consistency.mode === "immediate") await this.#dropReplica();
      else if (this.#replica === undefined) await this.#loadReplica({ visible: await this.#snapshot(), pending: [] });
      this.#consistency = consistency;
    });
  }

  step(count = Number.POSITIVE_INFINITY): Promise<number> {
    return this.#inTurn(async () => this.#replica?.show(count) ?? 0);
  }

  save(): Promise<DelayedState> {
    return this.#gate.alone(async () => ({
      primary: await this.#snapshot(),
      consistency: this.#consistency,
      ...(this.#replica && { replica: await this.#replica.save() }),
    }));
  }

  load({ primary, consistency, replica }: DelayedState): Promise<void> {
    return this.#gate.alone(async () => {
      await this.#primary.restore([...this.#stores.keys()], primary);
      if (replica === undefined) await this.#dropReplica();
      else await this.#loadReplica(replica);
      this.#consistency = consistency;
    });
  }

  apply(store: WrittenStore, commands: readonly Command[], options?: ApplyOptions): Promise<readonly Outcome[]> {
    return this.#inTurn(async () => {
      const outcomes = await this.#primary.apply(store, commands, options);
      this.#replica?.delay(store.id, commands);
      return outcomes;
    });
  }

  applyRows(lease: Lease, rows: Omit<StoreBatch, "storeId">, progress: ImportProgress): Promise<boolean> {
    return this.#inTurn(async () => {
      const isApplied = await this.#primary.applyRows(lease, rows, progress);
      if (isApplied) this.#replica?.delay(lease.storeId, rows.commands);
      return isApplied;
    });
  }

  read<T>(read: (storage: StorageReads) => Promise<T>): Promise<T> {
    if (this.#replica === undefined) return read(this.#primary);
    return this.#inTurn(async () => {
      await this.#showDue();
      return read(this.#replica?.visible ?? this.#primary);
    });
  }

  /** Everything in the snapshot is visible at once. The mode does not change. */
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

  #snapshot(): Promise<Snapshot> {
    return this.#primary.snapshot([...this.#stores.keys()]);
  }

  async #showDue(): Promise<void> {
    if (this.#consistency.mode === "delayed") await this.#replica?.showOlderThan(this.#consistency.ms);
  }

  async #loadReplica(state: ReplicaState): Promise<void> {
    this.#replica ??= new Replica(this.#openReplica(), this.#stores, this.#clock);
    await this.#replica.load(state);
  }

  async #dropReplica(): Promise<void> {
    await this.#replica?.close();
    this.#replica = undefined;
  }

  /** While there is a replica, calls run one after the other, so that the replica sees the order that the primary saw. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#gate.pass(() => {
      if (this.#replica === undefined) return work();
      const result = this.#lastTurn.then(work);
      this.#lastTurn = result.catch(() => {});
      return result;
    });
  }
}
