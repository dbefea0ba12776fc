export { createMemoryClient, type MemoryClient, type MemoryClientOptions } from "./create-memory-client.ts";
export type { Credentials } from "./credentials.ts";
export { InvalidParameterError } from "./invalid-parameter-error.ts";
export { MemoryApiError } from "./memory-api-error.ts";
export type { OperationArguments, Operations, UploadArguments } from "./operations.ts";
