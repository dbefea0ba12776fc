import type { TraitValue } from "@memory-api/types";
import type { Outcome } from "../domain/commands/command.ts";
import {
  createdImport,
  finished,
  type ImportProgress,
  type ImportRecord,
  type ImportState,
  type Lease,
  leased,
  progressed,
  released,
  type UploadOutcome,
  uploadOutcome,
  withUpload,
} from "../domain/imports/import-state.ts";
import { applyCommands } from "../domain/profiles/apply-commands.ts";
import type { Identifier } from "../domain/stores/store-rules.ts";
import { Dictionary } from "./dictionary.ts";
import type { RowReads, Rows, RowTransaction } from "./rows.ts";
import { checkSnapshot } from "./snapshot.ts";
import type {
  ClaimedImport,
  ProfileView,
  Snapshot,
  StorageNode,
  StorageReads,
  StorageWrites,
  StoreBatch,
} from "./storage.ts";
import type { StorageObserver } from "./storage-observer.ts";
import { TABLE_NAMES } from "./tables.ts";
import { decodeTraitValues } from "./trait-group-json.ts";
import { TransactionStopwatch } from "./transaction-stopwatch.ts";

/** The reads of a storage, over the rows of any engine. */
export class RowStorageReads implements StorageReads {
  readonly #rows: RowReads;

  constructor(rows: RowReads) {
    this.#rows = rows;
  }

  async fetchProfile(storeId: string, profileId: string, groups?: readonly string[]): Promise<ProfileView | undefined> {
    const row = await this.#rows.readProfile(storeId, profileId, groups);
    if (row === undefined) {
      const id = await this.#rows.readCanonicalId(storeId, profileId);
      return id === undefined ? undefined : { kind: "moved", id };
    }
    const traits = new Dictionary<Readonly<Record<string, TraitValue>>>();
    for (const group of row.groups) {
      const values = decodeTraitValues(group.traits);
      if (values !== undefined) traits[group.name] = values;
    }
    return { kind: "live", createdAt: row.createdAt, traits };
  }

  listProfiles(storeId: string, order: "ASC" | "DESC", limit: number, after?: string) {
    return this.#rows.listProfileIds(storeId, order, limit, after);
  }

  async fetchImport(storeId: string, importId: string): Promise<ImportRecord | undefined> {
    return (await this.#rows.readImport(storeId, importId))?.record;
  }

  listImports(storeId: string, limit: number) {
    return this.#rows.listImportIds(storeId, limit);
  }

  oldestDueImport(storeId: string, now: number) {
    return this.#rows.readOldestDueAt(storeId, now);
  }
}

/** The only storage: every method as a transaction over the rows of an engine. */
export class TransactionalStorage extends RowStorageReads implements StorageWrites {
  readonly #rows: Rows;
  readonly #observer: StorageObserver | undefined;

  /** @param observer without it, nothing is measured */
  constructor(rows: Rows, observer?: StorageObserver) {
    super(rows);
    this.#rows = rows;
    this.#observer = observer;
  }

  commit(batches: readonly StoreBatch[]) {
    return this.#applying(async (apply) => {
      const outcomes = [];
      for (const batch of batches) outcomes.push(await apply(batch));
      return outcomes;
    });
  }

  createImport(storeId: string, created: ImportRecord): Promise<void> {
    return this.#transaction((transaction) => transaction.insertImport(storeId, createdImport(created)));
  }

  acceptUpload(storeId: string, importId: string, uploadId: string, now: number): Promise<UploadOutcome> {
    return this.#transaction(async (transaction) => {
      const state = await transaction.lockImport(storeId, importId);
      const outcome = state === undefined ? "expired" : uploadOutcome(state.record, now);
      if (state && outcome === "accepted") await transaction.updateImport(storeId, withUpload(state, uploadId, now));
      return outcome;
    });
  }

  claimImport(storeId: string, owner: string, now: number, until: number): Promise<ClaimedImport | undefined> {
    return this.#transaction(async (transaction) => {
      const due = await transaction.lockDueImport(storeId, now);
      const claimed = due && leased(due, owner, now, until);
      if (claimed?.job === undefined) return undefined;
      await transaction.updateImport(storeId, claimed);
      return { record: claimed.record, attempts: claimed.job.attempts };
    });
  }

  applyRows(lease: Lease, rows: Omit<StoreBatch, "storeId">, progress: ImportProgress): Promise<boolean> {
    return this.#applying(async (apply, transaction) => {
      const isOwner = await changeLeased(transaction, lease, (state) => progressed(state, lease, progress));
      if (isOwner) await apply({ storeId: lease.storeId, ...rows });
      return isOwner;
    });
  }

  finishImport(lease: Lease, status: "COMPLETED" | "FAILED", progress: ImportProgress): Promise<boolean> {
    return this.#transaction(async (transaction) => {
      const isOwner = await changeLeased(transaction, lease, (state) => finished(state, lease, status, progress));
      if (isOwner) await transaction.deleteUploads(lease.storeId, lease.importId);
      return isOwner;
    });
  }

  async releaseImport(lease: Lease): Promise<void> {
    await this.#transaction((transaction) => changeLeased(transaction, lease, (state) => released(state, lease)));
  }

  probe(storeIds: readonly string[] = []): Promise<readonly StorageNode[]> {
    return this.#rows.probe(storeIds);
  }

  snapshot(storeIds: readonly string[]): Promise<Snapshot> {
    return this.#transaction(async (transaction) => {
      const snapshot: Record<string, Snapshot[string]> = {};
      for (const table of TABLE_NAMES) snapshot[table] = await transaction.readTable(table, storeIds);
      return snapshot;
    }, "snapshot");
  }

  async restore(storeIds: readonly string[], snapshot: Snapshot): Promise<void> {
    checkSnapshot(snapshot, storeIds);
    await this.#transaction(async (transaction) => {
      for (const table of TABLE_NAMES) await transaction.replaceTable(table, storeIds, snapshot[table] ?? []);
    });
  }

  close(): Promise<void> {
    return this.#rows.close();
  }

  /**
   * Runs work that applies commands. An attempt that conflicts with another transaction leaves the identifiers that it detached, such as
   * those over their limit, to the next attempt, which locks them in order.
   */
  #applying<Result>(
    work: (apply: (batch: StoreBatch) => Promise<readonly Outcome[]>, transaction: RowTransaction) => Promise<Result>,
  ): Promise<Result> {
    const detached = new Map<string, Map<string, Identifier>>();
    return this.#transaction((transaction, stopwatch) =>
      work(({ storeId, identifierTypes, commands }) => {
        const ofStore = detached.get(storeId) ?? new Map<string, Identifier>();
        detached.set(storeId, ofStore);
        const rows = transaction.profiles(storeId);
        return applyCommands(stopwatch?.measured(rows) ?? rows, identifierTypes, commands, ofStore);
      }, transaction),
    );
  }

  async #transaction<Result>(
    work: (transaction: RowTransaction, stopwatch?: TransactionStopwatch) => Promise<Result>,
    isolation?: "snapshot",
  ): Promise<Result> {
    if (this.#observer === undefined) return this.#rows.transaction(work, isolation);
    const stopwatch = new TransactionStopwatch();
    const result = await this.#rows.transaction(async (transaction) => {
      stopwatch.begun();
      const worked = await work(transaction, stopwatch);
      stopwatch.worked();
      return worked;
    }, isolation);
    this.#observer.committed(stopwatch.committed());
    return result;
  }
}

/** @returns whether the lease is still its owner's */
async function changeLeased(
  transaction: RowTransaction,
  { storeId, importId }: Lease,
  change: (state: ImportState) => ImportState | undefined,
): Promise<boolean> {
  const state = await transaction.lockImport(storeId, importId);
  const changed = state && change(state);
  if (changed === undefined) return false;
  await transaction.updateImport(storeId, changed);
  return true;
}
