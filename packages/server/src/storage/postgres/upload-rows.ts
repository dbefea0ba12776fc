import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { UploadStorage } from "../storage.ts";
import * as sql from "./import-statements.ts";
import { runStatement } from "./in-transaction.ts";

/** Bytes of a row. */
const CHUNK = 1024 * 1024;

/** Keeps uploads in rows of 1 MiB, so that any process can import them, and none holds a whole file in memory. */
export class UploadRows implements UploadStorage {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Each row is a transaction of its own: a slow upload holds no connection while it waits. */
  async save(storeId: string, importId: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const uploadId = randomUUID();
    try {
      let position = 0;
      for await (const chunk of chunksOf(bytes)) {
        await runStatement(this.#pool, sql.insertChunk, [storeId, importId, uploadId, position++, chunk]);
      }
      return uploadId;
    } catch (error) {
      await this.remove(storeId, importId, uploadId).catch(() => {});
      throw error;
    }
  }

  async *read(storeId: string, importId: string, uploadId: string, offset: number): AsyncGenerator<Uint8Array> {
    let skipped = offset % CHUNK;
    for (let position = Math.floor(offset / CHUNK); ; position++) {
      const values = [storeId, importId, uploadId, position];
      const { rows } = await runStatement<{ bytes: Uint8Array }>(this.#pool, sql.selectChunk, values);
      if (rows[0] === undefined) return;
      yield rows[0].bytes.subarray(skipped);
      skipped = 0;
    }
  }

  async remove(storeId: string, importId: string, uploadId?: string): Promise<void> {
    if (uploadId === undefined) await runStatement(this.#pool, sql.deleteUploads, [storeId, importId]);
    else await runStatement(this.#pool, sql.deleteUpload, [storeId, importId, uploadId]);
  }
}

/** The same bytes in pieces that are all of one size, but for the last. */
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
