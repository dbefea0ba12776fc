import { type ImportId, patterns, type StoreId } from "@memory-api/types";
import type { ApiResponse } from "../connection/api-promise.ts";
import type { Connection } from "../connection/connection.ts";
import { type IdArgument, isImportId } from "../connection/ids.ts";
import { malformed } from "../connection/request-url.ts";
import { ImportFailedError } from "../errors/import-failed-error.ts";
import { MemoryApiError } from "../errors/memory-api-error.ts";
import { fetchProfileImportV2 } from "../generated/operations.ts";
import { ImportJob, type ImportJobOptions, type ImportResult, type JobContext } from "./import-job.ts";
import { retryDuringOutage } from "./retry-during-outage.ts";

/** Upper limit of the first pause between two polls, in milliseconds. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const GROWTH = 1.5;

/**
 * Waits for the result of an import whose file was already uploaded, for example by a job that was aborted or by a process that has
 * ended. It does not upload the file.
 *
 * The job starts immediately and polls until the import is `COMPLETED` or `FAILED`. An import whose file never arrives becomes `FAILED` when
 * its upload URL expires; a service that leaves it `PENDING` keeps the job waiting, so set a `deadline` if you do not know whether the file
 * arrived. While the service is unavailable, the job repeats its polls for up to 10 minutes in a row; see {@link ImportJobOptions.retry}.
 *
 * @throws {ImportFailedError} if the import ends as `FAILED`
 * @throws {InvalidParameterError} if an ID or an option is invalid
 * @throws {TimeLimitError} if the job does not finish within `deadline`
 * @throws {MemoryApiError}, {ConnectionError} or {TimeLimitError} if a poll fails
 * @throws the reason of the signal, if it is aborted
 *
 * @example
 * const { summary } = await resumeImport(connection, storeId, importId);
 */
export function resumeImport<Store extends string, Id extends string>(
  connection: Connection,
  storeId: IdArgument<StoreId, Store>,
  importId: IdArgument<ImportId, Id>,
  options?: ImportJobOptions,
): ImportJob;
export function resumeImport(
  connection: Connection,
  storeId: string,
  importId: string,
  options: ImportJobOptions = {},
): ImportJob {
  if (isImportId(importId)) {
    return new ImportJob(options, (context) => awaitImport(connection, storeId, importId, context), importId);
  }
  return new ImportJob(options, () => Promise.reject(malformed("importId", patterns.ImportId)));
}

/**
 * Polls an import until it is `COMPLETED` or `FAILED`. A status that is not in the contract yet counts as in progress.
 *
 * Each pause is longer than the one before and randomly shortened by up to half, so that jobs that started together do not poll
 * together.
 *
 * @throws {ImportFailedError} if the import is `FAILED`
 * @throws {MemoryApiError} if a response has no status
 */
export async function awaitImport(
  connection: Connection,
  storeId: string,
  importId: ImportId,
  context: JobContext,
): Promise<ImportResult> {
  const { now, random, sleep } = connection.environment;
  let isProcessing = false;
  for (let poll = 1; ; poll++) {
    context.onRequest("fetchProfileImportV2", poll);
    const { value, ...response } = await fetchImport(connection, storeId, importId, context);
    const { status, summary } = value;
    // Polling would never end.
    if (typeof status !== "string") {
      throw new MemoryApiError({ operationId: "fetchProfileImportV2", ...response, body: value, now: now() });
    }
    if (status === "FAILED") throw new ImportFailedError(importId, summary);
    if (!isProcessing && (status === "PROCESSING" || status === "COMPLETED")) {
      isProcessing = true;
      context.emit({ type: "processing" });
    }
    if (status === "COMPLETED") {
      const { errors = 0, warnings = 0 } = summary ?? {};
      return { importId, status, summary: { errors, warnings }, hasFailedRows: errors > 0 };
    }
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * GROWTH ** (poll - 1));
    await sleep(longest * (1 - random() / 2), context.signal);
  }
}

/** Fetches an import, and repeats the request while the service is unavailable. */
export function fetchImport(
  connection: Connection,
  storeId: string,
  importId: ImportId,
  context: JobContext,
): Promise<ApiResponse<"fetchProfileImportV2">> {
  const { signal, retry } = context;
  return retryDuringOutage(connection, context, () =>
    fetchProfileImportV2(connection, { path: { storeId, importId } }, { signal, retry }).withResponse(),
  );
}
