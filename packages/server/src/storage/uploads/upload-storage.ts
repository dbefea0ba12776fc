/** Where the bytes of uploads are stored until their import ends. */
export interface UploadStorage {
  /**
   * Stores the bytes, which are durable once it resolves. If reading the bytes fails, it rejects with that error and stores nothing.
   *
   * @returns an ID of this upload
   * @throws {UploadNotNeededError} if the import stops waiting for a file meanwhile; not every storage notices
   * @throws {StorageUnavailableError}
   */
  save(storeId: string, importId: string, bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /**
   * @param offset bytes to skip
   * @throws {UploadMissingError} if the upload does not exist; not every storage notices
   */
  read(storeId: string, importId: string, uploadId: string, offset: number): AsyncIterable<Uint8Array>;
  /** Removes one upload, or all uploads of the import. Removing what does not exist is not an error. */
  remove(storeId: string, importId: string, uploadId?: string): Promise<void>;
  /** Removes the uploads in these stores that no import needs: those of ended imports, and those that arrived after an accepted one. */
  sweep(storeIds: readonly string[]): Promise<void>;
  /**
   * Checks that uploads can be written.
   *
   * @throws {StorageUnavailableError}
   */
  probe(): Promise<void>;
}

/** The import no longer waits for a file. */
export class UploadNotNeededError extends Error {
  override readonly name = "UploadNotNeededError";
}

/** The bytes of an upload do not exist. */
export class UploadMissingError extends Error {
  override readonly name = "UploadMissingError";
}
