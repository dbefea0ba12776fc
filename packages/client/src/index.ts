export type { AnswerHeaders, PlainHeaders } from "./connection/answer-headers.ts";
export { type Answered, ApiPromise, type FailedOutcome, type Outcome } from "./connection/api-promise.ts";
export { callOperation } from "./connection/call-operation.ts";
export type {
  AttemptContext,
  CallOptions,
  ClientOptions,
  MemoryRequest,
  Middleware,
} from "./connection/client-options.ts";
export { type Connection, createConnection } from "./connection/connection.ts";
export type { Credentials } from "./connection/credentials.ts";
export type { Fetch, FetchBody, FetchInit, FetchResponse } from "./connection/fetch.ts";
export { createMemoryClient, type MemoryClient } from "./create-memory-client.ts";
export { ConnectionError, isConnectionError } from "./errors/connection-error.ts";
export { InvalidParameterError, isInvalidParameterError } from "./errors/invalid-parameter-error.ts";
export { isMemoryApiError, MemoryApiError } from "./errors/memory-api-error.ts";
export { isProfileMovedError, ProfileMovedError } from "./errors/profile-moved-error.ts";
export { isTimeLimitError, TimeLimitError } from "./errors/time-limit-error.ts";
export type { LogFields, Logger } from "./observability/logger.ts";
export { createProfile } from "./operations/create-profile.ts";
export { createProfilesImportV2 } from "./operations/create-profiles-import-v2.ts";
export { deleteProfile } from "./operations/delete-profile.ts";
export { fetchProfile } from "./operations/fetch-profile.ts";
export { fetchProfileImportV2 } from "./operations/fetch-profile-import-v2.ts";
export { listProfileImportsV2 } from "./operations/list-profile-imports-v2.ts";
export { listProfiles } from "./operations/list-profiles.ts";
export type {
  JsonOperationId,
  OperationArguments,
  Operations,
  UploadArguments,
} from "./operations/operation-arguments.ts";
export { patchProfileTraits } from "./operations/patch-profile-traits.ts";
export { updateProfilesBulk } from "./operations/update-profiles-bulk.ts";
export { uploadImportFile } from "./operations/upload-import-file.ts";
export type { RetryEvent, RetryOptions } from "./resilience/retry-options.ts";
