import type { ImportId, StoreId } from "@memory-api/types";
import type { Connection } from "../connection/connection.ts";
import type { IdArgument } from "../connection/ids.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { createProfilesImportV2, fetchProfileImportV2 } from "../generated/operations.ts";
import type { AnyTraits, TraitTypes } from "../profiles/traits.ts";
import { columnMappings, type ImportMapping } from "./column-mapping.ts";
import { ImportJob, type ImportJobOptions, type ImportResult, type ImportWork } from "./import-job.ts";
import { awaitImport } from "./resume-import.ts";
import { checkHeader } from "./source/check-header.ts";
import type { ImportSource } from "./source/import-source.ts";
import { SourceReader } from "./source/source-reader.ts";
import { throughOutage } from "./through-outage.ts";
import { uploadFile } from "./upload/upload-file.ts";

/** How a file is imported. */
export interface RunImportOptions<Traits = AnyTraits> extends ImportJobOptions {
  /** Which column goes to which trait. Columns that it does not name are ignored. */
  readonly mapping: ImportMapping<Traits>;
  /**
   * What the import is called, for people.
   *
   * @default the name of the file, or `import.csv` where the source has none
   */
  readonly filename?: string | undefined;
}

/**
 * Imports a CSV file: looks at its size and its header row, creates the import, uploads the file and waits until the service has
 * imported it.
 *
 * No import is created twice: where it is not known what became of the request, the job is rejected with a `ConnectionError` or a
 * `TimeLimitError`. The upload is tried again if the source can be opened again. An attempt to upload may take the `timeout` of the
 * client and a second more for each 64 KiB.
 *
 * @throws {InvalidSourceError} if the source cannot be opened, has not from 1 byte to 100 MiB, or lacks a mapped column or has it twice
 * @throws {ImportFailedError} if the service could not import the file
 * @throws {TimeLimitError} if it is not done within `deadline`
 * @throws {MemoryApiError} or {ConnectionError} as a call alone
 *
 * @example
 * const { summary, hasFailedRows } = await runImport(connection, storeId, "contacts.csv", {
 *   mapping: { email: "Contact.email", name: "Contact.firstName" },
 * });
 */
export function runImport<Traits extends TraitTypes<Traits> = AnyTraits, Given extends string = string>(
  connection: Connection,
  storeId: IdArgument<StoreId, Given>,
  source: ImportSource,
  options: RunImportOptions<Traits>,
): ImportJob;
export function runImport(
  connection: Connection,
  storeId: string,
  source: ImportSource,
  options: RunImportOptions,
): ImportJob {
  return new ImportJob(options, async (work) => {
    const reader = await SourceReader.open(source);
    const close = () => reader.close();
    // A stream that gives nothing would be waited for in vain.
    work.signal.addEventListener("abort", close);
    try {
      // A function may have opened it too late to be heard of.
      work.signal.throwIfAborted();
      return await imported(connection, storeId, reader, options, work);
    } finally {
      work.signal.removeEventListener("abort", close);
      close();
    }
  });
}

async function imported(
  connection: Connection,
  storeId: string,
  reader: SourceReader,
  options: RunImportOptions,
  work: ImportWork,
): Promise<ImportResult> {
  const { signal, retry, emit, calling } = work;
  const { size: total, filename = "import.csv" } = reader;
  const mappings = columnMappings(options.mapping);
  const { pieces } = await reader.read();
  await checkHeader(pieces, mappings);

  calling("createProfilesImportV2", 1);
  const body = { filename: options.filename ?? filename, fileSize: total, columnMappings: mappings };
  const { importId, url } = await createProfilesImportV2(connection, { path: { storeId }, body }, { signal, retry });
  emit({ type: "created", importId });

  let shown = -1;
  const onLoaded = (loaded: number) => {
    if (loaded <= shown) return;
    shown = loaded;
    emit({ type: "uploading", loaded, total });
  };
  let attempts = 0;
  const onAttempt = () => calling("uploadImportFile", ++attempts);
  onLoaded(0);
  const upload = () => uploadFile(connection, url, reader, { signal, retry, onAttempt, onLoaded });
  try {
    await (reader.isReopenable ? throughOutage(connection, work, upload) : upload());
  } catch (error) {
    // The response of an earlier attempt may have been lost after the file had arrived.
    const mayHaveArrived = isMemoryApiError(error, "uploadImportFile") && error.status === 409 && attempts > 1;
    if (!mayHaveArrived || !(await hasFile(connection, storeId, importId, work))) throw error;
  }
  onLoaded(total);
  emit({ type: "uploaded" });
  return awaitImport(connection, storeId, importId, work);
}

/** An import is `PENDING` until its file arrives. */
async function hasFile(
  connection: Connection,
  storeId: string,
  importId: ImportId,
  { signal, retry }: ImportWork,
): Promise<boolean> {
  const { status } = await throughOutage(connection, { signal, retry }, () =>
    fetchProfileImportV2(connection, { path: { storeId, importId } }, { signal, retry }),
  );
  return status !== "PENDING";
}
