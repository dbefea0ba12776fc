import { type ImportId, patterns, type StoreId } from "@memory-api/types";
import type { Connection } from "../connection/connection.ts";
import { type IdArgument, isImportId } from "../connection/ids.ts";
import { malformed } from "../connection/request-url.ts";
import { ImportFailedError } from "../errors/import-failed-error.ts";
import { MemoryApiError } from "../errors/memory-api-error.ts";
import { fetchProfileImportV2 } from "../generated/operations.ts";
import { ImportJob, type ImportJobOptions, type ImportResult, type ImportWork } from "./import-job.ts";
import { throughOutage } from "./through-outage.ts";

/**
 * Waits for an import whose file was uploaded before, by a job that was aborted or a process that is gone. Of one whose file never came
 * it says {@link ImportFailedError} once the upload URL has expired.
 *
 * @example
 * const { summary } = await resumeImport(connection, storeId, importId);
 */
export function resumeImport<Store extends string, Given extends string>(
  connection: Connection,
  storeId: IdArgument<StoreId, Store>,
  importId: IdArgument<ImportId, Given>,
  options?: ImportJobOptions,
): ImportJob;
export function resumeImport(
  connection: Connection,
  storeId: string,
  importId: string,
  options: ImportJobOptions = {},
): ImportJob {
  if (isImportId(importId)) {
    return new ImportJob(options, (work) => awaitImport(connection, storeId, importId, work), importId);
  }
  return new ImportJob(options, () => Promise.reject(malformed("importId", patterns.ImportId)));
}

/** The first pause is at most so long, in milliseconds. Each is longer than the one before. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const GROWTH = 1.5;

/**
 * Asks with growing pauses how far an import has come, until it has ended. A pause is a random part of what it may be, from a half on,
 * so that many who wait do not ask at once. Only `COMPLETED` and `FAILED` are final: a status that the contract does not have yet is
 * one on the way.
 *
 * @throws {ImportFailedError} if it ended as `FAILED`
 * @throws {MemoryApiError} if an answer has no status
 */
export async function awaitImport(
  connection: Connection,
  storeId: string,
  importId: ImportId,
  { signal, retry, emit, calling }: ImportWork,
): Promise<ImportResult> {
  const { now, random, sleep } = connection.environment;
  let isTold = false;
  for (let poll = 1; ; poll++) {
    calling("fetchProfileImportV2", poll);
    const path = { storeId, importId };
    const { value, ...answer } = await throughOutage(connection, { signal, retry }, () =>
      fetchProfileImportV2(connection, { path }, { signal, retry }).withResponse(),
    );
    const { status, summary } = value;
    // Without one it would be asked for ever.
    if (typeof status !== "string") {
      throw new MemoryApiError({ operationId: "fetchProfileImportV2", ...answer, body: value, now: now() });
    }
    if (status === "FAILED") throw new ImportFailedError(importId, summary);
    const hasBegun = status === "PROCESSING" || status === "COMPLETED";
    if (hasBegun && !isTold) emit({ type: "processing" });
    isTold ||= hasBegun;
    if (status === "COMPLETED") {
      const { errors = 0, warnings = 0 } = summary ?? {};
      const result = {
        importId,
        status: "COMPLETED",
        summary: { errors, warnings },
        hasFailedRows: errors > 0,
      } as const;
      emit({ type: "completed", ...result });
      return result;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * GROWTH ** (poll - 1));
    await sleep(pause * (1 - random() / 2), signal);
  }
}
