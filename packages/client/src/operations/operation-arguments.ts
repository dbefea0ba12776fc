import type { DocumentedOperations, OperationId, PathOf, QueryOf, RequestOf, ResponseOf } from "@memory-api/types";
import type { Bytes } from "./openapi-fetch.ts";

/** What the upload takes: the `url` of the created import exactly as it was given, and the bytes of the file. */
export interface UploadArguments {
  /** Pre-signed and absolute. No credentials are sent to it. */
  url: string;
  /** The CSV file. Its length in bytes must be the `fileSize` that was announced. */
  body: Bytes;
}

/** What an operation takes: path parameters, query parameters where it has some, and the body where it has one. */
export type OperationArguments<Id extends OperationId> = Id extends "uploadImportFile"
  ? UploadArguments
  : { path: PathOf<Id> } & ([QueryOf<Id>] extends [undefined] ? { query?: undefined } : { query?: QueryOf<Id> }) &
      (undefined extends RequestOf<Id> ? { body?: undefined } : { body: RequestOf<Id> });

/**
 * Every operation of the contract under its ID, with its documentation. Each resolves to the body of the success.
 *
 * @throws {InvalidParameterError} if a path parameter is not what the contract allows; nothing was sent
 * @throws {MemoryApiError} if the answer is no success, or a success whose body is not the JSON that it should be
 */
export type Operations = {
  readonly [Id in keyof DocumentedOperations]: (given: OperationArguments<Id>) => Promise<ResponseOf<Id>>;
};
