import type { DocumentedOperations, OperationId, PathOf, QueryOf, RequestOf } from "@memory-api/types";
import type { ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { IdArgument } from "../connection/ids.ts";
import type { FetchBody } from "../transports/fetch.ts";

/** The arguments of an upload. */
export interface UploadArguments {
  /** The pre-signed URL of the created import, exactly as it was returned. The client sends no credentials to it. */
  url: string;
  /** The CSV file. Its length in bytes must equal the `fileSize` of the import. */
  body: Exclude<FetchBody, ReadableStream>;
}

/** An operation with JSON bodies: all except the upload. */
export type JsonOperationId = Exclude<OperationId, "uploadImportFile">;

/** Path parameters by name, before they are checked. */
export type UncheckedPath<Id extends OperationId> = { readonly [Name in keyof PathOf<Id>]: string };

/**
 * The arguments of an operation: its path parameters, query parameters and body, as far as it has them.
 *
 * @typeParam Path the types of the path parameters, inferred from the call; see {@link IdArgument}
 */
export type OperationArguments<Id extends JsonOperationId, Path extends UncheckedPath<Id> = UncheckedPath<Id>> = {
  path: Path & CheckedPath<Id, Path>;
} & ([QueryOf<Id>] extends [undefined] ? { query?: undefined } : { query?: QueryOf<Id> }) &
  (undefined extends RequestOf<Id> ? { body?: undefined } : { body: RequestOf<Id> });

type CheckedPath<Id extends OperationId, Path extends UncheckedPath<Id>> = {
  readonly [Name in keyof Path]: Name extends keyof PathOf<Id>
    ? IdArgument<PathOf<Id>[Name] & string, Path[Name]>
    : unknown;
};

/**
 * Every operation of the contract by its ID, with its documentation. Each function sends exactly one request of the contract, which may be
 * retried: it neither follows the redirect of a merged profile nor reads further pages.
 */
export type Operations = {
  readonly [Id in keyof DocumentedOperations]: Id extends JsonOperationId
    ? <Path extends UncheckedPath<Id>>(given: OperationArguments<Id, Path>, options?: CallOptions) => ApiPromise<Id>
    : (given: UploadArguments, options?: CallOptions) => ApiPromise<Id>;
};
