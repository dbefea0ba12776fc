import { operations } from "@memory-api/types";
import { checkedUploadUrl } from "../connection/checked-parameters.ts";

/**
 * The request of an upload to the URL of a created import, but for its body.
 *
 * @throws {InvalidParameterError} if the URL is none
 */
export function uploadRequest(url: string) {
  const { method, mediaType } = operations.uploadImportFile;
  const { origin, pathname, search } = checkedUploadUrl(url);
  return { baseUrl: origin, method, path: pathname + search, headers: { "Content-Type": mediaType } };
}
