import { randomUUID } from "node:crypto";
import { clearInterval, setInterval } from "node:timers";
import type { ImportParts } from "./import-parts.ts";
import { ImportRun } from "./import-run.ts";

export interface ImportRunner {
  /** Says that something may be due. */
  wake(): void;
  /** Does all that is due now. Resolves once nothing is, or something failed that is not in a file. */
  settle(): Promise<void>;
  /** Ends after the batch of rows that is under way; whoever comes next goes on from there. */
  stop(): Promise<void>;
}

/**
 * Imports uploaded files in the background, one at a time, and ends the imports whose file never came. Looks for them when it is
 * woken and every `pollMs`, so it also tries again what failed. Any number of processes may do so on one storage.
 */
export function startImportRunner(parts: ImportParts): ImportRunner {
  const stop = new AbortController();
  let isDue = false;
  let running: Promise<void> | undefined;

  const runDue = async () => {
    while (isDue && !stop.signal.aborted) {
      isDue = false;
      try {
        await runAll(parts, stop.signal);
      } catch (error) {
        parts.report({ kind: "delayed", error });
      }
    }
    running = undefined;
  };
  const wake = () => {
    isDue = true;
    if (!stop.signal.aborted) running ??= runDue();
  };
  const poll = setInterval(wake, parts.settings.pollMs).unref();
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
      await running;
    },
  };
}

/** Takes one import of each store in turn, until none is due: so a store with many files holds up no other. */
async function runAll(parts: ImportParts, stop: AbortSignal): Promise<void> {
  const { storage, clock, settings } = parts;
  const stores = new Map(parts.stores);
  while (stores.size > 0) {
    for (const [storeId, { rules }] of stores) {
      if (stop.aborted) return;
      const owner = randomUUID();
      const now = clock.now();
      const claimed = await storage.claimImport(storeId, owner, now, now + settings.leaseMs);
      if (claimed) await new ImportRun(parts, { storeId, rules, claimed, owner }).run(stop);
      else stores.delete(storeId);
    }
  }
}
