import type { DocumentedOperations, OperationId, PathOf, QueryOf, RequestOf } from "@memory-api/types";
import type { ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { FetchBody } from "../transports/fetch.ts";

/** What the upload takes: the `url` of the created import exactly as it was given, and the bytes of the file. */
export interface UploadArguments {
  /** Pre-signed and absolute. No credentials are sent to it. */
  url: string;
  /** The CSV file. Its length in bytes must be the `fileSize` that was announced. */
  body: Exclude<FetchBody, ReadableStream>;
}

/** An operation that speaks JSON: all but the upload. */
export type JsonOperationId = Exclude<OperationId, "uploadImportFile">;

/** What an operation takes: path parameters, query parameters where it has some, and the body where it has one. */
export type OperationArguments<Id extends JsonOperationId> = { path: PathOf<Id> } & ([QueryOf<Id>] extends [undefined]
  ? { query?: undefined }
  : { query?: QueryOf<Id> }) &
  (undefined extends RequestOf<Id> ? { body?: undefined } : { body: RequestOf<Id> });

/**
 * Every operation of the contract under its ID, with its documentation. Nothing is done beyond it: no redirect of a merged profile is
 * followed, no page turned.
 */
export type Operations = {
  readonly [Id in keyof DocumentedOperations]: (
    given: Id extends JsonOperationId ? OperationArguments<Id> : UploadArguments,
    options?: CallOptions,
  ) => ApiPromise<Id>;
};
