import { operations } from "@memory-api/types";
import { ApiPromise, type ApiResponse } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { requestIdOf } from "../connection/http-messages.ts";
import { checkedUploadUrl } from "../connection/request-url.ts";
import { send } from "../connection/send.ts";
import type { UploadArguments } from "./operation-arguments.ts";

/**
 * Uploads the file of a created import to its URL, without credentials. {@link runImport} also creates the import and waits for it.
 *
 * @example
 * const file = "email,name\nada.reyes@example.com,Ada\n";
 * await uploadImportFile(connection, { url, body: file });
 */
export function uploadImportFile(
  connection: Connection,
  given: UploadArguments,
  options: CallOptions = {},
): ApiPromise<"uploadImportFile"> {
  return new ApiPromise("uploadImportFile", uploaded(connection, given, options));
}

async function uploaded(
  connection: Connection,
  { url, body }: UploadArguments,
  options: CallOptions,
): Promise<ApiResponse<"uploadImportFile">> {
  const request = { ...uploadRequest(url), body };
  const { headers, attempts, body: bodyText } = await send(connection, "uploadImportFile", () => request, options);
  return { value: undefined, status: 200, headers, bodyText, attempts, requestId: requestIdOf(headers) };
}

/**
 * Returns the request of an upload to the URL of a created import, without its body.
 *
 * @throws {InvalidParameterError} if the URL is not an absolute HTTP URL
 */
export function uploadRequest(url: string) {
  const { method, mediaType } = operations.uploadImportFile;
  const { href, hash } = checkedUploadUrl(url);
  return { method, url: href.slice(0, href.length - hash.length), headers: { "Content-Type": mediaType } };
}
