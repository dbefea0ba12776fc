import type { ImportProgress } from "../domain/imports/import-state.ts";

/** What the runner reports to the log and the metrics. It contains no value of a cell. */
export type ImportEvent =
  | (ImportPlace & {
      readonly kind: "started";
      /** Beyond the header row if the import was interrupted before. */
      readonly progress: ImportProgress;
    })
  /** A batch of rows was applied. */
  | (ImportPlace & {
      readonly kind: "progressed";
      /** The number of rows in the batch. */
      readonly rows: number;
      /** How many of them are in error. */
      readonly errors: number;
    })
  | (ImportPlace & {
      readonly kind: "ended";
      readonly status: "COMPLETED" | "FAILED";
      readonly progress: ImportProgress;
      /** Why it failed as a whole. */
      readonly reason?: string;
    })
  /** The import continues later, here or in another process. */
  | (ImportPlace & { readonly kind: "interrupted"; readonly by: "stop" | "lost lease" | "changed store" })
  /** An error that the file did not cause. The import is retried later. */
  | (Partial<ImportPlace> & { readonly kind: "delayed"; readonly error: unknown });

interface ImportPlace {
  readonly accountSid: string;
  readonly storeId: string;
  readonly importId: string;
}
