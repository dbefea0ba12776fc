import type { ImportId, StoreId } from "@memory-api/types";
import type { Connection } from "../connection/connection.ts";
import { awaitImport } from "./await-import.ts";
import { ImportJob, type ImportJobOptions } from "./import-job.ts";

/**
 * Waits for an import whose file was uploaded before, by a job that was aborted or a process that is gone. Of one whose file never came
 * it says {@link ImportFailedError} once the upload URL has expired.
 *
 * @example
 * const { summary } = await resumeImport(connection, storeId, importId);
 */
export function resumeImport(
  connection: Connection,
  storeId: StoreId,
  importId: ImportId,
  options: ImportJobOptions = {},
): ImportJob {
  return new ImportJob(options, (work) => awaitImport(connection, storeId, importId, work), importId);
}
