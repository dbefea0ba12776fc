import { operations } from "@memory-api/types";
import { checkedUploadUrl } from "../connection/checked-parameters.ts";

/**
 * The request of an upload to the URL of a created import, but for its body.
 *
 * @throws {InvalidParameterError} if the URL is not an absolute HTTP URL
 */
export function uploadRequest(url: string) {
  const { method, mediaType } = operations.uploadImportFile;
  const { href, hash } = checkedUploadUrl(url);
  return { method, url: href.slice(0, href.length - hash.length), headers: { "Content-Type": mediaType } };
}
