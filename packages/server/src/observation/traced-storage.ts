import { forwarding, IMPORT_WRITES, READS } from "../storage/forwarding.ts";
import type { ImportWrites, Storage, StorageReads } from "../storage/storage.ts";
import type { Tracing } from "./tracing.ts";

/**
 * The same storage, with a span for each call. That of `apply` includes the wait for a transaction.
 *
 * @param system as in the semantic conventions of OpenTelemetry, such as `postgresql`
 */
export function tracedStorage(storage: Storage, tracing: Tracing, system: string): Storage {
  const traced = <Result>(method: keyof Storage, work: () => Promise<Result>): Promise<Result> =>
    tracing.child(`storage.${method}`, { "db.system.name": system, "db.operation.name": method }, work);
  const call = (method: keyof (StorageReads & ImportWrites), values: readonly unknown[]) =>
    traced(method, async () => Reflect.apply(storage[method], storage, values));
  return {
    ...forwarding<StorageReads>(READS, call),
    ...forwarding<ImportWrites>(IMPORT_WRITES, call),
    apply: (...values) => traced("apply", () => storage.apply(...values)),
    reserve: (accountSid) => storage.reserve(accountSid),
    backlog: () => storage.backlog(),
    probe: () => storage.probe(),
    snapshot: (storeIds) => storage.snapshot(storeIds),
    restore: (storeIds, snapshot) => storage.restore(storeIds, snapshot),
    close: () => storage.close(),
  };
}
