import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { UploadNotNeededError, type UploadStorage } from "../../src/storage/uploads/upload-storage.ts";
import { createImport, now, some, until } from "../storage-contract/import-fixtures.ts";
import { otherStoreId, storeId } from "../storage-contract/storage-engine.ts";
import { administer, reasonToSkip } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const MIB = 1024 * 1024;
const createDatabase = usePostgres();
let importId: string;
let databaseUrl: string;
let storage: Storage;
let uploads: UploadStorage;

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  databaseUrl = await createDatabase();
  ({ storage, uploads } = await openPostgres({ databaseUrl, maxConnections: 1 }));
});
afterAll(() => storage?.close());
beforeEach(async () => {
  importId = (await createImport(storage)).id;
});
afterEach(() => uploads.remove(storeId, importId));

async function sizesOfRows(): Promise<readonly number[]> {
  const sizes = "SELECT length(bytes) AS size FROM upload_chunks ORDER BY position";
  const [result] = await administer(databaseUrl, sizes);
  return result?.rows.map(({ size }) => size) ?? [];
}

async function* bytes() {
  yield Buffer.from("bytes");
}

describe("an upload in PostgreSQL", () => {
  it("is stored in rows of 1 MiB, regardless of the sizes of its chunks", async () => {
    await uploads.save(
      storeId,
      importId,
      (async function* () {
        for (const size of [1, MIB, 0, MIB / 2, MIB]) yield randomBytes(size);
      })(),
    );
    expect(await sizesOfRows()).toEqual([MIB, MIB, MIB / 2 + 1]);
  });

  it("leaves no row if reading its bytes fails", async () => {
    const failing = async function* () {
      yield randomBytes(3 * MIB);
      expect(await sizesOfRows()).not.toEqual([]);
      throw new Error("The client disconnected.");
    };
    await expect(uploads.save(storeId, importId, failing())).rejects.toThrow("The client disconnected.");
    expect(await sizesOfRows()).toEqual([]);
  });

  it("is removed with all uploads of its import when the import ends, in the same transaction", async () => {
    const { id } = await createImport(storage);
    await uploads.save(storeId, id, bytes());
    const uploadId = await uploads.save(storeId, id, bytes());
    await storage.acceptUpload(storeId, id, uploadId, now);
    await storage.claimImport(storeId, "owner", now, until);
    const lease = { storeId, importId: id, owner: "owner", now, until };
    expect(await storage.finishImport({ ...lease, owner: "other" }, "COMPLETED", some)).toBe(false);
    expect(await sizesOfRows()).toEqual([5, 5]);
    expect(await storage.finishImport(lease, "COMPLETED", some)).toBe(true);
    expect(await sizesOfRows()).toEqual([]);
    await uploads.remove(storeId, id);
  });

  it("is not stored for an import that has its file, and the rows of unaccepted uploads are swept", async () => {
    const { id } = await createImport(storage);
    const [accepted, lost] = [await uploads.save(storeId, id, bytes()), await uploads.save(storeId, id, bytes())];
    await storage.acceptUpload(storeId, id, accepted, now);
    const refused = uploads.save(storeId, id, bytes());
    await expect(refused).rejects.toThrow(UploadNotNeededError);
    await expect(refused).rejects.toThrow("The import does not wait for a file.");
    expect(await sizesOfRows()).toEqual([5, 5]);
    await uploads.sweep([storeId]);
    expect(await sizesOfRows()).toEqual([5]);
    for await (const _bytes of uploads.read(storeId, id, lost, 0)) expect.unreachable("It was swept.");
    await uploads.remove(storeId, id);
  });

  it("of an import that waits for its file is not swept", async () => {
    await uploads.save(storeId, importId, bytes());
    await uploads.sweep([storeId]);
    expect(await sizesOfRows()).toEqual([5]);
  });

  it("keeps no connection while it waits for bytes", async () => {
    const slow = async function* () {
      yield randomBytes(2 * MIB);
      await storage.probe();
      yield randomBytes(MIB);
    };
    await uploads.save(storeId, importId, slow());
    expect(await sizesOfRows()).toEqual([MIB, MIB, MIB]);
  });

  it("is swept with its store only", async () => {
    const { id } = await createImport(storage);
    await uploads.save(storeId, id, bytes());
    await storage.acceptUpload(storeId, id, "another", now);
    await uploads.sweep([otherStoreId]);
    expect(await sizesOfRows()).toEqual([5]);
    await uploads.sweep([otherStoreId, storeId]);
    expect(await sizesOfRows()).toEqual([]);
  });

  it("of a size that fills its last row has no empty row", async () => {
    const full = async function* () {
      yield randomBytes(2 * MIB);
    };
    const uploadId = await uploads.save(storeId, importId, full());
    expect(await sizesOfRows()).toEqual([MIB, MIB]);
    const read = [];
    for await (const piece of uploads.read(storeId, importId, uploadId, MIB - 1)) read.push(piece.length);
    expect(read).toEqual([1, MIB]);
  });

  it("is not read as part of another upload or import", async () => {
    const { id } = await createImport(storage);
    const uploadId = await uploads.save(storeId, importId, bytes());
    for (const read of [uploads.read(storeId, id, uploadId, 0), uploads.read(storeId, importId, id, 0)]) {
      for await (const _bytes of read) expect.unreachable("It belongs to another.");
    }
  });
});
