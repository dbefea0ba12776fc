import { randomUUID } from "node:crypto";
import type { PostgresDatabase } from "../postgres/database.ts";
import * as sql from "../postgres/statements.ts";
import { NodeUnavailableError } from "../storage.ts";
import { UploadNotNeededError, type UploadStorage } from "./upload-storage.ts";

/** Maximum size of a row, in bytes. */
const CHUNK = 1024 * 1024;

/** Stores uploads in rows of 1 MiB, so that any process can import them, and none needs a whole file in memory. */
export class UploadRows implements UploadStorage {
  readonly #database: PostgresDatabase;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  /** Each row has its own transaction, so a slow upload holds no connection while it waits for data. */
  async save(storeId: string, importId: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const uploadId = randomUUID();
    try {
      let position = 0;
      for await (const chunk of chunksOf(bytes)) {
        const values = [storeId, importId, uploadId, position++, chunk];
        const { rowCount } = await this.#database.transaction((query) => query(sql.insertChunk, values));
        if (rowCount === 0) throw new UploadNotNeededError("The import does not wait for a file.");
      }
      return uploadId;
    } catch (error) {
      // If this fails, the sweep removes the rows later.
      await this.remove(storeId, importId, uploadId).catch(() => {});
      throw error;
    }
  }

  async *read(storeId: string, importId: string, uploadId: string, offset: number): AsyncGenerator<Uint8Array> {
    let skipped = offset % CHUNK;
    for (let position = Math.floor(offset / CHUNK); ; position++) {
      const values = [storeId, importId, uploadId, position];
      const { rows } = await this.#database.query<{ bytes: Uint8Array }>(sql.selectChunk, values);
      if (rows[0] === undefined) return;
      yield rows[0].bytes.subarray(skipped);
      skipped = 0;
    }
  }

  async remove(storeId: string, importId: string, uploadId?: string): Promise<void> {
    if (uploadId === undefined) await this.#database.query(sql.deleteUploads, [storeId, importId]);
    else await this.#database.query(sql.deleteUpload, [storeId, importId, uploadId]);
  }

  async sweep(storeIds: readonly string[]): Promise<void> {
    for (const storeId of storeIds) {
      try {
        await this.#database.query(sql.deleteUnneededUploads, [storeId]);
      } catch (error) {
        // The next sweep removes those of this store.
        if (!(error instanceof NodeUnavailableError)) throw error;
      }
    }
  }

  async probe(): Promise<void> {
    // The probe of the database covers its table.
  }
}

/** The same bytes in chunks of one size, except for the last. */
async function* chunksOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  for await (const given of bytes) {
    for (let rest = given; rest.length > 0; ) {
      const piece = rest.subarray(0, CHUNK - size);
      rest = rest.subarray(piece.length);
      pieces.push(piece);
      size += piece.length;
      if (size < CHUNK) continue;
      yield Buffer.concat(pieces);
      pieces = [];
      size = 0;
    }
  }
  if (size > 0) yield Buffer.concat(pieces);
}
