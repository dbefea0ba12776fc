import type { ImportId, ImportSummary } from "@memory-api/types";

/** How an import ended that was completed. */
export interface ImportResult {
  readonly importId: ImportId;
  readonly status: "COMPLETED";
  /** Rows that were refused, and rows that were applied but for a cell; 0 where the service does not say. */
  readonly summary: Readonly<Required<ImportSummary>>;
  /** Whether there are rows that were not applied: an import is completed with up to 99 of them. */
  readonly hasFailedRows: boolean;
}

/** What happens in the course of an import, in this order. */
export type ImportEvent =
  | { readonly type: "created"; readonly importId: ImportId }
  /** How many bytes are on their way, of how many. It never goes back, even where an upload begins anew. */
  | { readonly type: "uploading"; readonly loaded: number; readonly total: number }
  | { readonly type: "uploaded" }
  /** The service has begun to read the file. */
  | { readonly type: "processing" }
  | ({ readonly type: "completed" } & ImportResult);
