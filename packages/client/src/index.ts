// The schemas of the contract by name, such as Profile and ErrorBody.
export type * from "@memory-api/types/schemas";
export type { ApiPromise, ApiResponse, FailedOutcome, Outcome } from "./connection/api-promise.ts";
export type {
  AttemptContext,
  CallOptions,
  ClientOptions,
  MemoryRequest,
  Middleware,
} from "./connection/client-options.ts";
export { type Connection, createConnection } from "./connection/connection.ts";
export type { Credentials } from "./connection/credentials.ts";
export type { PlainHeaders, ResponseHeaders } from "./connection/http-messages.ts";
export { type IdArgument, isImportId, isProfileId, isStoreId } from "./connection/ids.ts";
export {
  createMemoryClient,
  type MemoryClient,
  type MemoryClientOptions,
  type MemoryStore,
} from "./create-memory-client.ts";
export { BulkUpsertError, isBulkUpsertError } from "./errors/bulk-upsert-error.ts";
export { ConnectionError, isConnectionError } from "./errors/connection-error.ts";
export { ImportFailedError, isImportFailedError } from "./errors/import-failed-error.ts";
export { InvalidParameterError, isInvalidParameterError } from "./errors/invalid-parameter-error.ts";
export { InvalidSourceError, isInvalidSourceError, type SourceFault } from "./errors/invalid-source-error.ts";
export { InvalidTraitsError, isInvalidTraitsError } from "./errors/invalid-traits-error.ts";
export { isMemoryApiError, MemoryApiError } from "./errors/memory-api-error.ts";
export { isMemoryError, MemoryError } from "./errors/memory-error.ts";
export { isProfileMovedError, ProfileMovedError } from "./errors/profile-moved-error.ts";
export { isRepeatedPageTokenError, RepeatedPageTokenError } from "./errors/repeated-page-token-error.ts";
export { isResponseTooLargeError, ResponseTooLargeError } from "./errors/response-too-large-error.ts";
export { isTimeLimitError, type TimeLimit, TimeLimitError } from "./errors/time-limit-error.ts";
export * from "./generated/operations.ts";
export type { ImportMapping } from "./imports/column-mapping.ts";
export type { ImportEvent, ImportJob, ImportJobOptions, ImportResult } from "./imports/import-job.ts";
export type { Imports } from "./imports/imports.ts";
export { resumeImport } from "./imports/resume-import.ts";
export { type RunImportOptions, runImport } from "./imports/run-import.ts";
export type { ImportFile, ImportSource, SizedStream } from "./imports/source/import-source.ts";
export type { ByteStream } from "./imports/source/pieces.ts";
export type { AttemptMessage } from "./observability/attempt-channel.ts";
export type { LogFields, Logger } from "./observability/logger.ts";
export type {
  JsonOperationId,
  OperationArguments,
  Operations,
  UploadArguments,
} from "./operations/operation-arguments.ts";
export { uploadImportFile } from "./operations/upload-import-file.ts";
export type { BulkProgress } from "./profiles/bulk/bulk-ledger.ts";
export { type BulkOptions, type BulkSource, bulkUpsert } from "./profiles/bulk/bulk-upsert.ts";
export type { BulkSummary, BulkUpsertJob } from "./profiles/bulk/bulk-upsert-job.ts";
export type { ChunkOutcome } from "./profiles/bulk/send-chunks.ts";
export type { FetchedProfile, FetchOptions, ProfilePatch } from "./profiles/canonical-profile.ts";
export type { ProfileToWrite } from "./profiles/create-checked-profile.ts";
export { type ListOptions, listProfileIds, type ProfileList, type ProfilePage } from "./profiles/profile-list.ts";
export type { FollowOptions, Profiles } from "./profiles/profiles.ts";
export type { StandardIssue, StandardSchema, TraitSchemas, WithSchemas } from "./profiles/trait-schemas.ts";
export type {
  AnyTraits,
  TraitGroupOf,
  TraitsRead,
  TraitsToPatch,
  TraitsToWrite,
  TraitTarget,
  TraitTypes,
} from "./profiles/traits.ts";
export { type WaitOptions, waitForProfile } from "./profiles/wait-for-profile.ts";
export type { RetryEvent, RetryOptions } from "./resilience/retry-options.ts";
export type { Fetch, FetchBody, FetchInit, FetchResponse } from "./transports/fetch.ts";
