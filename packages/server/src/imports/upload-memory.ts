import type { UploadStorage } from "../storage/storage.ts";

/** Uploads of a server that keeps nothing when it ends. */
export class UploadMemory implements UploadStorage {
  /** By import and by attempt. */
  readonly #files = new Map<string, Map<string, Buffer>>();
  #attempts = 0;

  async save(_storeId: string, importId: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    const uploadId = String(++this.#attempts);
    const files = this.#files.get(importId) ?? new Map<string, Buffer>();
    this.#files.set(importId, files.set(uploadId, Buffer.concat(pieces)));
    return uploadId;
  }

  async *read(_storeId: string, importId: string, uploadId: string, offset: number): AsyncGenerator<Uint8Array> {
    const file = this.#files.get(importId)?.get(uploadId);
    if (file) yield file.subarray(offset);
  }

  async remove(_storeId: string, importId: string, uploadId?: string): Promise<void> {
    if (uploadId === undefined) this.#files.delete(importId);
    else this.#files.get(importId)?.delete(uploadId);
  }
}
