export { createFetchClient, type FetchClientOptions } from "./create-fetch-client.ts";
export { type MovedProfile, profileMoved } from "./profile-moved.ts";
export { throwMemoryErrors } from "./throw-memory-errors.ts";
export { type UploadOptions, type UploadResult, uploadImportFile } from "./upload-import-file.ts";
