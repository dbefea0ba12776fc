import type { StoreId } from "@memory-api/types";
import type { Connection } from "../connection/connection.ts";
import type { IdArgument } from "../connection/ids.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { createProfilesImportV2 } from "../generated/operations.ts";
import type { AnyTraits, TraitTypes } from "../profiles/traits.ts";
import { columnMappings, type ImportMapping } from "./column-mapping.ts";
import { ImportJob, type ImportJobOptions, type ImportResult, type JobContext } from "./import-job.ts";
import { awaitImport, fetchImport } from "./resume-import.ts";
import { retryDuringOutage } from "./retry-during-outage.ts";
import { checkHeader } from "./source/check-header.ts";
import type { ImportSource } from "./source/import-source.ts";
import { SourceReader } from "./source/source-reader.ts";
import { uploadFile } from "./upload/upload-file.ts";

/** Options of {@link runImport}. */
export interface RunImportOptions<Traits = AnyTraits> extends ImportJobOptions {
  /** Maps columns of the file to traits. Columns that are not mapped are ignored. */
  readonly mapping: ImportMapping<Traits>;
  /**
   * A human-readable name for the import.
   *
   * @default the name of the file, or `import.csv` if the source has no name
   */
  readonly filename?: string | undefined;
}

/**
 * Imports a CSV file: checks its size and header row, creates the import, uploads the file, and waits until the service has processed
 * it.
 *
 * The job starts immediately, whether or not you await or iterate it. It is rejected if a step fails. A job that you neither await nor
 * iterate fails silently: it causes no unhandled rejection.
 *
 * What is repeated after a failure depends on the step:
 *
 * - Creating the import is repeated only if the service cannot have created it, so a run never creates two imports. If the outcome is
 *   unknown, the job is rejected with a `ConnectionError`, a `TimeLimitError` or a `MemoryApiError`.
 * - The upload is repeated if the source can be opened again, which a stream cannot. One attempt may take the `timeout` of the client and
 *   one second more for each 64 KiB.
 * - Polling is repeated.
 *
 * While the service is unavailable, the job repeats the upload and the polls for up to 10 minutes in a row; see
 * {@link ImportJobOptions.retry}. There are no events meanwhile.
 *
 * If the job is rejected after the upload may have arrived, the import continues in the service. Pass {@link ImportJob.importId} to
 * {@link resumeImport} to wait for it.
 *
 * @throws {InvalidSourceError} if the source cannot be opened, has the wrong size, or its header row lacks or repeats a mapped column
 * @throws {InvalidParameterError} if an option or the store ID is invalid
 * @throws {ImportFailedError} if the import ends as `FAILED`
 * @throws {TimeLimitError} if the job does not finish within `deadline`
 * @throws {MemoryApiError}, {ConnectionError} or {TimeLimitError} if a request of the job fails
 * @throws the reason of the signal, if it is aborted; errors of the source
 *
 * @example
 * const { summary, hasFailedRows } = await runImport(connection, storeId, "contacts.csv", {
 *   mapping: { email: "Contact.email", name: "Contact.firstName" },
 * });
 */
export function runImport<Traits extends TraitTypes<Traits> = AnyTraits, Store extends string = string>(
  connection: Connection,
  storeId: IdArgument<StoreId, Store>,
  source: ImportSource,
  options: RunImportOptions<Traits>,
): ImportJob;
export function runImport(
  connection: Connection,
  storeId: string,
  source: ImportSource,
  options: Partial<RunImportOptions> = {},
): ImportJob {
  const reader = new SourceReader(source);
  const job = new ImportJob(options, (context) => importFile(connection, storeId, reader, options, context));
  // However the job ends, and before the caller learns of it. A source that fails to close does not change the result.
  job.finally(() => reader.close()).catch(() => {});
  return job;
}

async function importFile(
  connection: Connection,
  storeId: string,
  reader: SourceReader,
  options: Partial<RunImportOptions>,
  context: JobContext,
): Promise<ImportResult> {
  const { signal, retry, emit, onRequest } = context;
  const { size, filename } = await reader.open();
  const mappings = columnMappings(options.mapping);
  const { pieces } = await reader.read();
  await checkHeader(pieces, mappings);

  onRequest("createProfilesImportV2", 1);
  const body = { filename: options.filename ?? (filename || "import.csv"), fileSize: size, columnMappings: mappings };
  const { importId, url } = await createProfilesImportV2(connection, { path: { storeId }, body }, { signal, retry });
  emit({ type: "created", importId });

  let reported = -1;
  const onLoaded = (loaded: number) => {
    if (loaded <= reported) return;
    reported = loaded;
    emit({ type: "uploading", loaded, total: size });
  };
  let attempts = 0;
  const onAttempt = () => onRequest("uploadImportFile", ++attempts);
  const upload = () => uploadFile(connection, { url, source: reader, size }, { signal, retry, onAttempt, onLoaded });
  onLoaded(0);
  try {
    await (reader.isReopenable ? retryDuringOutage(connection, context, upload) : upload());
  } catch (error) {
    // The response to an earlier attempt may have been lost after the file arrived. A 403 means that the URL has expired since then.
    const mayHaveArrived =
      attempts > 1 && isMemoryApiError(error, "uploadImportFile") && [403, 409].includes(error.status);
    if (!mayHaveArrived) throw error;
    const { value } = await fetchImport(connection, storeId, importId, context);
    // The import still waits for its file.
    if (value.status === "PENDING") throw error;
  }
  onLoaded(size);
  emit({ type: "uploaded" });
  return awaitImport(connection, storeId, importId, context);
}
