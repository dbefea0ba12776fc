import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import type { ImportWrites } from "../../src/storage/storage.ts";
import { UploadMissingError, type UploadStorage } from "../../src/storage/uploads/upload-storage.ts";
import { newImportId } from "./commands.ts";
import { createImport } from "./import-fixtures.ts";
import { otherStoreId, storeId } from "./storage-engine.ts";

const MIB = 1024 * 1024;

export function describeUploads(uploads: () => UploadStorage, storage: () => ImportWrites): void {
  let importId: string;
  const save = (bytes: Uint8Array) => uploads().save(storeId, importId, inPieces(bytes));
  const read = async (uploadId: string, offset = 0) => {
    const pieces = [];
    for await (const piece of uploads().read(storeId, importId, uploadId, offset)) pieces.push(piece);
    return Buffer.concat(pieces);
  };

  describe("an upload", () => {
    beforeEach(async () => {
      importId = (await createImport(storage())).id;
    });

    it.each([1, MIB - 1, MIB, MIB + 1, 2.5 * MIB])(
      "of %d bytes is read as it was saved, from any offset",
      async (size) => {
        const bytes = randomBytes(size);
        const uploadId = await save(bytes);
        for (const offset of [0, 1, MIB - 1, MIB, MIB + 1, size - 1, size]) {
          expect((await read(uploadId, offset)).equals(bytes.subarray(offset)), `from byte ${offset}`).toBe(true);
        }
      },
    );

    it("is independent of other uploads of its import", async () => {
      const [one, other] = [randomBytes(10), randomBytes(10)];
      const [oneId, otherId] = await Promise.all([save(one), save(other)]);
      await uploads().remove(storeId, importId, oneId);
      await uploads().remove(storeId, importId, oneId);
      expect(await read(otherId)).toEqual(other);
    });

    it("is removed with all uploads of its import", async () => {
      await save(randomBytes(10));
      await save(randomBytes(10));
      await uploads().remove(storeId, importId);
      await uploads().remove(storeId, importId);
      await uploads().remove(otherStoreId, newImportId());
    });

    it("rejects with the error of its bytes", async () => {
      const failure = new Error("The client disconnected.");
      const failing = async function* () {
        yield randomBytes(1.5 * MIB);
        throw failure;
      };
      await expect(uploads().save(storeId, importId, failing())).rejects.toBe(failure);
    });

    it("is gone once all uploads of its import are removed, and not before", async () => {
      const uploadIds = [await save(randomBytes(10)), await save(randomBytes(10))];
      await uploads().remove(otherStoreId, newImportId());
      for (const uploadId of uploadIds) expect(await read(uploadId)).toHaveLength(10);
      await uploads().remove(storeId, importId);
      await uploads().remove(storeId, importId);
      for (const uploadId of uploadIds) expect(await read(uploadId).catch(missing)).toHaveLength(0);
    });
  });
}

/** Chunks of varying sizes, as they arrive over a network. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 100_003) yield bytes.subarray(at, at + 100_003);
}

/** Not every storage notices that an upload is missing. */
function missing(error: unknown): Buffer {
  if (error instanceof UploadMissingError) return Buffer.alloc(0);
  throw error;
}
