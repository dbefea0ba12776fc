import type { UploadStorage } from "./upload-storage.ts";

/**
 * The same storage, which reports the size of each part of an upload that it receives.
 *
 * @param received called with the store and a number of bytes
 */
export function observedUploads(
  uploads: UploadStorage,
  received: (storeId: string, bytes: number) => void,
): UploadStorage {
  async function* counted(storeId: string, bytes: AsyncIterable<Uint8Array>) {
    for await (const chunk of bytes) {
      received(storeId, chunk.length);
      yield chunk;
    }
  }
  return {
    save: (storeId, importId, bytes) => uploads.save(storeId, importId, counted(storeId, bytes)),
    read: (storeId, importId, uploadId, offset) => uploads.read(storeId, importId, uploadId, offset),
    remove: (storeId, importId, uploadId) => uploads.remove(storeId, importId, uploadId),
    sweep: (storeIds) => uploads.sweep(storeIds),
    probe: () => uploads.probe(),
  };
}
