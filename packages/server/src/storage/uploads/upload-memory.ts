import type { UploadStorage } from "./upload-storage.ts";

/** Uploads of a server that stores nothing beyond its own lifetime. */
export class UploadMemory implements UploadStorage {
  /** By import and by upload. */
  readonly #files = new Map<string, Map<string, Buffer>>();
  #lastId = 0;

  async save(_storeId: string, importId: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(piece);
    const uploadId = String(++this.#lastId);
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

  async sweep(): Promise<void> {
    // Uploads are removed when their import ends, or with the process.
  }

  async probe(): Promise<void> {
    // Memory can always be written.
  }
}
