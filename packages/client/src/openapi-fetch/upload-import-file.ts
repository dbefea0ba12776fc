import type { ErrorOf } from "@memory-api/types";
import type { CallOptions, ClientOptions } from "../connection/client-options.ts";
import { type Connection, createConnection } from "../connection/connection.ts";
import { jsonOf } from "../connection/json-of.ts";
import { uploadLimits } from "../imports/upload/upload-limits.ts";
import type { UploadArguments } from "../operations/operation-arguments.ts";
import { uploadRequest } from "../operations/upload-request.ts";
import { exchange } from "./exchange.ts";

/** How a file is uploaded. */
export interface UploadOptions extends Omit<ClientOptions, "credentials" | "baseUrl">, Pick<CallOptions, "signal"> {
  /** Connection of another client, to share its options, retries and pauses. */
  readonly connection?: Connection | undefined;
}

/** The result of an upload, in the shape of openapi-fetch. */
export type UploadResult =
  | { readonly data: undefined; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: ErrorOf<"uploadImportFile">; readonly response: Response };

/**
 * Uploads the file of a created import to its `url`, without credentials. An upload whose response was lost is repeated, and the repetition
 * then returns 409: fetch the status of the import to learn whether the file has arrived.
 *
 * @param url exactly as `createProfilesImportV2` returned it
 * @param file must have the `fileSize` of the import, in bytes
 * @throws {InvalidParameterError} if the URL is not an absolute HTTP URL
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time: by default 30 seconds and one more for each 64 KiB
 *
 * @example
 * import { uploadImportFile } from "@memory-api/client/openapi-fetch";
 * const { error } = await uploadImportFile(url, file, { connection });
 * if (error) console.error(error.status, error.message);
 */
export async function uploadImportFile(
  url: string,
  file: UploadArguments["body"],
  options: UploadOptions = {},
): Promise<UploadResult> {
  const { connection: shared, signal, timeout, deadline, retry, ...rest } = options;
  const connection = shared ?? createConnection({ ...rest, credentials: false });
  const request = { ...uploadRequest(url), body: file };
  const limits = uploadLimits(connection, sizeOf(file));
  const { response, error } = await exchange(connection, "uploadImportFile", () => request, {
    signal,
    retry,
    timeout: timeout ?? limits.timeout,
    deadline: deadline ?? limits.deadline,
  });
  if (error === undefined) return { data: undefined, response };
  return { error: Object(jsonOf(await response.clone().text())), response };
}

function sizeOf(file: UploadArguments["body"]): number {
  if (typeof file === "string") return new TextEncoder().encode(file).byteLength;
  return file instanceof Uint8Array ? file.byteLength : file.size;
}
