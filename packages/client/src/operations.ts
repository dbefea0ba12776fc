import type { OperationId, PathOf, QueryOf, RequestOf, ResponseOf } from "@memory-api/types";
import type { Bytes } from "./openapi-fetch.ts";

/** What an operation takes: path parameters, query parameters where it has some, and the body where it has one. */
export type OperationArguments<Id extends OperationId> = { path: PathOf<Id> } & ([QueryOf<Id>] extends [undefined]
  ? { query?: undefined }
  : { query?: QueryOf<Id> }) &
  (undefined extends RequestOf<Id> ? { body?: undefined } : { body: RequestOf<Id> });

/** What the upload takes: the `url` of the created import exactly as it was given, and the bytes of the file. */
export interface UploadArguments {
  /** Pre-signed and absolute. No credentials are sent to it. */
  url: string;
  /** The CSV file. Its length in bytes must be the `fileSize` that was announced. */
  body: Bytes;
}

/** Every operation of the contract under its ID. Each resolves to the body of the success. */
export type Operations = {
  [Id in Exclude<OperationId, "uploadImportFile">]: (...given: [OperationArguments<Id>]) => Promise<ResponseOf<Id>>;
} & { uploadImportFile: (given: UploadArguments) => Promise<undefined> };
