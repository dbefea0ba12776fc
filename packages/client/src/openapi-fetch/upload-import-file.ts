import type { ErrorOf } from "@memory-api/types";
import type { CallOptions, ClientOptions } from "../connection/client-options.ts";
import { type Connection, createConnection } from "../connection/connection.ts";
import { parseJson } from "../connection/json.ts";
import { uploadLimits } from "../imports/upload/upload-file.ts";
import type { UploadArguments } from "../operations/operation-arguments.ts";
import { uploadRequest } from "../operations/upload-import-file.ts";
import { exchange } from "./exchange.ts";

type OwnOptions = Omit<ClientOptions, "credentials" | "baseUrl" | "timeout" | "deadline" | "retry">;

/** Options of an upload: those of a client without credentials, or the connection of another client. */
export type UploadOptions = CallOptions &
  (
    | (OwnOptions & { readonly connection?: undefined })
    | ({ readonly connection: Connection } & { readonly [Option in keyof OwnOptions]?: undefined })
  );

/** The result of an upload, in the shape of openapi-fetch. An object storage may return an error that is not JSON. */
export type UploadResult =
  | { readonly data: undefined; readonly error?: never; readonly response: Response }
  | { readonly data?: never; readonly error: ErrorOf<"uploadImportFile"> | string; readonly response: Response };

/**
 * Uploads the file of a created import to its `url`, without credentials. An upload whose response was lost is retried, and the retry can
 * return 409: fetch the status of the import to learn whether the file has arrived.
 *
 * @param url exactly as `createProfilesImportV2` returned it
 * @param file must have the `fileSize` of the import, in bytes
 * @throws {InvalidParameterError} if the URL is not an absolute HTTP URL
 * @throws {ConnectionError} if no complete response arrived
 * @throws {TimeLimitError} if no response arrived in time: by default 30 seconds and one more for each 64 KiB
 *
 * @example
 * import { uploadImportFile } from "@memory-api/client/openapi-fetch";
 * const { error, response } = await uploadImportFile(url, file, { connection });
 * if (error) console.error(response.status, typeof error === "string" ? error : error.message);
 */
export async function uploadImportFile(
  url: string,
  file: UploadArguments["body"],
  { connection: shared, signal, timeout, deadline, retry, ...options }: UploadOptions = {},
): Promise<UploadResult> {
  const request = { ...uploadRequest(url), body: file };
  const connection = shared ?? createConnection({ ...options, baseUrl: new URL(url).origin, credentials: false });
  const limits = uploadLimits(connection, sizeOf(file));
  const { response, error } = await exchange(connection, "uploadImportFile", () => request, {
    signal,
    retry,
    timeout: timeout ?? limits.timeout,
    deadline: deadline ?? limits.deadline,
  });
  if (error === undefined) return { data: undefined, response };
  const text = await response.clone().text();
  const body = parseJson(text);
  return { error: isErrorBody(body) ? body : text, response };
}

function isErrorBody(body: unknown): body is ErrorOf<"uploadImportFile"> {
  return typeof Object(body).message === "string";
}

function sizeOf(file: UploadArguments["body"]): number {
  if (typeof file === "string") return new TextEncoder().encode(file).byteLength;
  return file instanceof Uint8Array ? file.byteLength : file.size;
}
