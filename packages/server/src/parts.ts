import type { Clock } from "./clock.ts";
import type { Settings } from "./configuration/settings.ts";
import type { IdSource } from "./domain/type-id.ts";
import type { Storage, UploadStorage } from "./storage/storage.ts";

/** What the operations work with. */
export interface Parts {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly uploads: UploadStorage;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Reserves times of acceptance, in microseconds since 1970; see `createAcceptance`. */
  readonly accept: (ticks: number) => number;
  readonly imports: {
    /** Says that an import may be due. */
    wake(): void;
  };
}
