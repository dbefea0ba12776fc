import type { ImportSettings } from "../configuration/settings.ts";
import type { Clock } from "../domain/clock.ts";
import type { IdSource } from "../domain/commands/type-id.ts";
import type { StoreDirectory } from "../domain/stores/store-directory.ts";
import type { ImportWrites, StorageReads } from "../storage/storage.ts";
import type { UploadStorage } from "../storage/uploads/upload-storage.ts";
import type { ImportEvent } from "./import-event.ts";

/** What running imports depends on. */
export interface ImportDependencies {
  readonly storage: ImportWrites & Pick<StorageReads, "oldestDueImport">;
  readonly uploads: UploadStorage;
  readonly stores: StoreDirectory;
  readonly clock: Clock;
  /** Reserves times of acceptance, as `createAcceptance` returns it. */
  readonly accept: (ticks: number) => number;
  readonly ids: IdSource;
  readonly settings: ImportSettings;
  readonly report: (event: ImportEvent) => void;
  /** Without it, there are no spans. */
  readonly trace?: ImportTracing;
  /** Receives regularly how long the oldest import has been due, in milliseconds. Without it, this is not measured. */
  readonly reportWaiting?: (ms: number) => void;
}

/** The spans of imports. */
interface ImportTracing {
  /** Does the work in the first span of a new trace. */
  root<Result>(
    name: string,
    attributes: Readonly<Record<string, string>>,
    work: () => Promise<Result>,
  ): Promise<Result>;
  /** Does the work, which outlives the request that causes it, in no span. */
  outside<Result>(work: () => Result): Result;
}
