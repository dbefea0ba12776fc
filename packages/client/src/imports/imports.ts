import type { ImportId, RequestOf } from "@memory-api/types";
import type { ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { IdArgument } from "../connection/ids.ts";
import { createProfilesImportV2, fetchProfileImportV2, listProfileImportsV2 } from "../generated/operations.ts";
import type { AnyTraits, TraitTypes } from "../profiles/traits.ts";
import type { ImportJob, ImportJobOptions } from "./import-job.ts";
import { resumeImport } from "./resume-import.ts";
import { type RunImportOptions, runImport } from "./run-import.ts";
import type { ImportSource } from "./source/import-source.ts";

/** The imports of a store. */
export interface Imports<Traits = AnyTraits> {
  /**
   * Creates an import, which then waits for its file. {@link Imports.run} does this, uploads the file and waits for the result.
   *
   * @example
   * const { importId, url } = await imports.create({
   *   filename: "contacts.csv",
   *   fileSize: 45,
   *   columnMappings: [
   *     { columnName: "email", traitGroup: "Contact", traitName: "email" },
   *     { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
   *   ],
   * });
   */
  create(body: RequestOf<"createProfilesImportV2">, options?: CallOptions): ApiPromise<"createProfilesImportV2">;
  /**
   * Returns the IDs of the newest 100 imports, newest first.
   *
   * @example
   * const { imports: importIds } = await imports.list();
   */
  list(options?: CallOptions): ApiPromise<"listProfileImportsV2">;
  /**
   * Returns the status of an import.
   *
   * @example
   * const { status, summary } = await imports.fetch(importId);
   */
  fetch<Id extends string>(
    importId: IdArgument<ImportId, Id>,
    options?: CallOptions,
  ): ApiPromise<"fetchProfileImportV2">;
  /**
   * Imports a CSV file: checks its size and header row, creates the import, uploads the file, and waits until the service has
   * processed it. The job starts immediately; {@link runImport} describes the details.
   *
   * @example
   * const { summary } = await memory.store(storeId).imports.run("contacts.csv", {
   *   mapping: { email: "Contact.email", name: "Contact.firstName" },
   * });
   */
  run(source: ImportSource, options: RunImportOptions<Traits>): ImportJob;
  /**
   * Waits for the result of an import whose file was already uploaded. It does not upload the file again; {@link resumeImport} describes
   * the details.
   *
   * @example
   * const { summary } = await imports.resume(importId);
   */
  resume<Id extends string>(importId: IdArgument<ImportId, Id>, options?: ImportJobOptions): ImportJob;
}

/** Returns the imports of a store. */
export function createImports<Traits extends TraitTypes<Traits> = AnyTraits>(
  connection: Connection,
  storeId: string,
): Imports<Traits> {
  return {
    create: (body, options) => createProfilesImportV2(connection, { path: { storeId }, body }, options),
    list: (options) => listProfileImportsV2(connection, { path: { storeId } }, options),
    fetch: (importId: string, options) => fetchProfileImportV2(connection, { path: { storeId, importId } }, options),
    run: (source, options) => runImport<Traits>(connection, storeId, source, options),
    resume: (importId: string, options) => resumeImport(connection, storeId, importId, options),
  };
}
