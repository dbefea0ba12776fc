import { type Answered, ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { requestIdOf } from "../connection/request-id.ts";
import { send } from "../connection/send.ts";
import type { UploadArguments } from "./operation-arguments.ts";
import { uploadRequest } from "./upload-request.ts";

/**
 * Uploads the file of a created import to its URL, without credentials. {@link runImport} does this and all around it.
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
): Promise<Answered<"uploadImportFile">> {
  const request = { ...uploadRequest(url), body };
  const answer = await send(connection, "uploadImportFile", () => request, options);
  return {
    value: undefined,
    status: 200,
    headers: answer.headers,
    attempts: answer.attempts,
    requestId: requestIdOf(answer.headers),
  };
}
