import type { ImportProgress } from "../storage/storage.ts";

/** What the runner tells the log and the metrics. It holds no value of a cell. */
export type ImportEvent =
  | (ImportPlace & {
      readonly kind: "started";
      /** Beyond the header row if it was cut off before. */
      readonly progress: ImportProgress;
    })
  | (ImportPlace & {
      readonly kind: "ended";
      readonly status: "COMPLETED" | "FAILED";
      readonly progress: ImportProgress;
      /** Why it failed as a whole. */
      readonly reason?: string;
    })
  /** It goes on later, here or in another process. */
  | (ImportPlace & { readonly kind: "interrupted"; readonly by: "stop" | "lost lease" })
  /** Something failed that is not in the file. What is due is tried again. */
  | { readonly kind: "delayed"; readonly error: unknown };

interface ImportPlace {
  readonly storeId: string;
  readonly importId: string;
}
