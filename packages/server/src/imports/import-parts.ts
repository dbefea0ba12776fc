import type { Clock } from "../clock.ts";
import type { ImportSettings, StoreSettings } from "../configuration/settings.ts";
import type { IdSource } from "../domain/type-id.ts";
import type { ImportStorage, UploadStorage } from "../storage/storage.ts";
import type { ImportEvent } from "./import-event.ts";

/** What imports are run with. */
export interface ImportParts {
  readonly storage: ImportStorage;
  readonly uploads: UploadStorage;
  /** By store ID. */
  readonly stores: ReadonlyMap<string, StoreSettings>;
  readonly clock: Clock;
  /** Reserves times, as `createAcceptance` makes it. */
  readonly accept: (ticks: number) => number;
  readonly ids: IdSource;
  readonly settings: ImportSettings;
  readonly report: (event: ImportEvent) => void;
}
