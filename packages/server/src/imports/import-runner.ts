import { randomUUID } from "node:crypto";
import { clearInterval, setInterval } from "node:timers";
import { NodeUnavailableError, StorageUnavailableError } from "../storage/storage.ts";
import type { ImportDependencies } from "./import-dependencies.ts";
import { ImportRun, type ImportTask } from "./import-run.ts";

export interface ImportRunner {
  /** Looks for due imports. */
  wake(): void;
  /** Runs everything that is due now. Resolves once nothing is due, or an error occurred that no file caused. */
  settle(): Promise<void>;
  /** Stops after the current batch of rows. The next process continues from there. */
  stop(): Promise<void>;
}

/** Interval at which uploads that no import needs are removed, in milliseconds. */
const SWEEP_MS = 600_000;

/** Interval at which the waiting imports are measured, in milliseconds: as often as Prometheus usually reads the metrics. */
const MEASURE_MS = 15_000;

/**
 * Imports uploaded files in the background, one at a time, and ends the imports whose upload URL expired. Looks for due imports when it is
 * woken and every `pollMs`, which also retries failed imports. Any number of processes may do so on one storage.
 */
export function startImportRunner(dependencies: ImportDependencies): ImportRunner {
  const stop = new AbortController();
  let isDue = false;
  let nextSweep = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  const runDue = async () => {
    while (isDue && !stop.signal.aborted) {
      isDue = false;
      try {
        await runAll(dependencies, stop.signal);
        if (dependencies.clock.now() < nextSweep) continue;
        nextSweep = dependencies.clock.now() + SWEEP_MS;
        const stores = await dependencies.stores.list();
        await dependencies.uploads.sweep(stores.map(({ id }) => id));
      } catch (error) {
        dependencies.report({ kind: "delayed", error });
      }
    }
    running = undefined;
  };
  const wake = () => {
    isDue = true;
    if (stop.signal.aborted || running) return;
    running = dependencies.trace ? dependencies.trace.outside(runDue) : runDue();
  };
  let nextMeasurement = Number.NEGATIVE_INFINITY;
  let measuring: Promise<void> | undefined;
  const measure = () => {
    const { clock, reportWaiting } = dependencies;
    if (reportWaiting === undefined || stop.signal.aborted || clock.now() < nextMeasurement) return;
    nextMeasurement = clock.now() + MEASURE_MS;
    // If it fails, so do the imports, which report the error.
    measuring ??= longestWait(dependencies)
      .then(reportWaiting, () => {})
      .finally(() => {
        measuring = undefined;
      });
  };
  const poll = setInterval(() => {
    measure();
    wake();
  }, dependencies.settings.pollMs).unref();
  measure();
  wake();

  return {
    wake,
    async settle() {
      wake();
      await running;
    },
    async stop() {
      stop.abort();
      clearInterval(poll);
      await Promise.all([running, measuring]);
    },
  };
}

/**
 * How long the oldest import of any store has been due, in milliseconds. One read for each store, because a statement names one store. Stores
 * on a node that is unavailable are left out.
 */
async function longestWait({ storage, stores, clock }: ImportDependencies): Promise<number> {
  let longest = 0;
  for (const { id } of await stores.list()) {
    const now = clock.now();
    const dueAt = await storage.oldestDueImport(id, now).catch((error: unknown) => {
      if (error instanceof NodeUnavailableError) return undefined;
      throw error;
    });
    longest = Math.max(longest, now - (dueAt ?? now));
  }
  return longest;
}

/**
 * Runs one import of each store in turn until none is due, so a store with many files does not delay another. Stores on a node that is
 * unavailable are left out, and the first of them is reported.
 */
async function runAll(dependencies: ImportDependencies, stop: AbortSignal): Promise<void> {
  const { storage, clock, settings } = dependencies;
  const storeIds = new Set((await dependencies.stores.list()).map(({ id }) => id));
  let isReported = false;
  while (storeIds.size > 0) {
    for (const storeId of storeIds) {
      if (stop.aborted) return;
      // Found anew for each import, because a reload may have changed or removed the store.
      const store = await dependencies.stores.find(storeId);
      const owner = randomUUID();
      const now = clock.now();
      const claim = store && storage.claimImport(storeId, owner, now, now + settings.leaseMs);
      const claimed = await claim?.catch((error: unknown) => {
        if (!(error instanceof NodeUnavailableError)) throw error;
        if (!isReported) dependencies.report({ kind: "delayed", storeId, error });
        isReported = true;
        return undefined;
      });
      const isDone =
        store === undefined || claimed === undefined || !(await runOne(dependencies, { store, claimed, owner }, stop));
      if (isDone) storeIds.delete(storeId);
    }
  }
}

/**
 * An import that fails does not stop those of other stores.
 *
 * @returns whether the store may run another one now; if the storage was unavailable, the same import would be due again at once
 */
async function runOne(dependencies: ImportDependencies, task: ImportTask, stop: AbortSignal): Promise<boolean> {
  try {
    const run = () => new ImportRun(dependencies, task).run(stop);
    const { id, accountSid } = task.store;
    const names = { "memory.account": accountSid, "memory.store": id, "memory.import": task.claimed.record.id };
    await (dependencies.trace?.root("import", names, run) ?? run());
    return true;
  } catch (error) {
    const { id: storeId, accountSid } = task.store;
    dependencies.report({ kind: "delayed", accountSid, storeId, importId: task.claimed.record.id, error });
    return !(error instanceof StorageUnavailableError);
  }
}
