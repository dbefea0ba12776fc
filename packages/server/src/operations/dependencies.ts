import type { Settings } from "../configuration/settings.ts";
import type { Clock } from "../domain/clock.ts";
import type { IdSource } from "../domain/commands/type-id.ts";
import type { StoreDirectory } from "../domain/stores/store-directory.ts";
import type { Storage } from "../storage/storage.ts";
import type { UploadStorage } from "../storage/uploads/upload-storage.ts";

/** What the operations depend on. */
export interface Dependencies {
  readonly settings: Pick<Settings, "signingKeys" | "timeouts" | "publicUrl">;
  readonly stores: StoreDirectory;
  readonly storage: Storage;
  readonly uploads: UploadStorage;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Reserves times of acceptance, in microseconds since 1970; see `createAcceptance`. */
  readonly accept: (ticks: number) => number;
  readonly imports: {
    /** Looks for due imports. */
    wake(): void;
  };
}
