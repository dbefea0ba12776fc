import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPostgres, type PostgresStorage } from "../../src/storage/postgres/open-postgres.ts";
import { newImportId } from "../storage-contract/commands.ts";
import { createImport, now, some, until } from "../storage-contract/import-fixtures.ts";
import { rules, storeId } from "../storage-contract/storage-engine.ts";
import { administer, reasonToSkip } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const MIB = 1024 * 1024;
const createDatabase = usePostgres();
const importId = newImportId();
let databaseUrl: string;
let storage: PostgresStorage;

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  databaseUrl = await createDatabase();
  storage = await openPostgres({ databaseUrl, rules, maxConnections: 1 });
});
afterAll(() => storage?.close());
beforeEach(() => storage.uploads.remove(storeId, importId));

async function sizesOfRows(): Promise<readonly number[]> {
  const sizes = "SELECT length(bytes) AS size FROM upload_chunks ORDER BY position";
  const [result] = await administer(databaseUrl, sizes);
  return result?.rows.map(({ size }) => size) ?? [];
}

async function* bytes() {
  yield Buffer.from("bytes");
}

describe("an upload in PostgreSQL", () => {
  it("is kept in rows of 1 MiB, in whatever pieces it comes", async () => {
    await storage.uploads.save(
      storeId,
      importId,
      (async function* () {
        for (const size of [1, MIB, 0, MIB / 2, MIB]) yield randomBytes(size);
      })(),
    );
    expect(await sizesOfRows()).toEqual([MIB, MIB, MIB / 2 + 1]);
  });

  it("leaves no row when its bytes fail", async () => {
    const failing = async function* () {
      yield randomBytes(3 * MIB);
      expect(await sizesOfRows()).not.toEqual([]);
      throw new Error("The client went away.");
    };
    await expect(storage.uploads.save(storeId, importId, failing())).rejects.toThrow("The client went away.");
    expect(await sizesOfRows()).toEqual([]);
  });

  it("goes with all of its attempts when its import ends, and with the same commit", async () => {
    const { id } = await createImport(storage);
    await storage.uploads.save(storeId, id, bytes());
    const uploadId = await storage.uploads.save(storeId, id, bytes());
    await storage.acceptUpload(storeId, id, uploadId, now);
    await storage.claimImport(storeId, "owner", now, until);
    const lease = { storeId, importId: id, owner: "owner", now, until };
    expect(await storage.finishImport({ ...lease, owner: "other" }, "COMPLETED", some)).toBe(false);
    expect(await sizesOfRows()).toEqual([5, 5]);
    expect(await storage.finishImport(lease, "COMPLETED", some)).toBe(true);
    expect(await sizesOfRows()).toEqual([]);
    await storage.uploads.remove(storeId, id);
  });

  it("keeps no connection while it waits for bytes", async () => {
    const slow = async function* () {
      yield randomBytes(2 * MIB);
      await storage.probe();
      yield randomBytes(MIB);
    };
    await storage.uploads.save(storeId, importId, slow());
    expect(await sizesOfRows()).toEqual([MIB, MIB, MIB]);
  });
});
