export { createMemoryClient, type MemoryClient, type MemoryClientOptions } from "./create-memory-client.ts";
export type { Credentials } from "./credentials.ts";
export { InvalidParameterError } from "./invalid-parameter-error.ts";
export { MemoryApiError, type MemoryApiErrorDetails } from "./memory-api-error.ts";
export type { Bytes, Fetch } from "./openapi-fetch.ts";
export type { OperationArguments, Operations, UploadArguments } from "./operations.ts";
