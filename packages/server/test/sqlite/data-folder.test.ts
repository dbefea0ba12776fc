import { rmSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { MIGRATIONS } from "../../src/storage/sqlite/migrations.ts";
import { openSqlite } from "../../src/storage/sqlite/open-sqlite.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { UploadFiles } from "../../src/storage/uploads/upload-files.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { upsertEmail } from "../storage-contract/commands.ts";
import { expectMigrated, firstVersionRows } from "../storage-contract/first-version.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { store, storeId } from "../storage-contract/storage-engine.ts";

async function open(folder: string) {
  const storage = await openSqlite(folder);
  onTestFinished(() => storage.close().catch(() => {}));
  return storage;
}

describe("the data folder", () => {
  it("can be used by one server at a time", async () => {
    const folder = await temporaryFolder();
    await open(folder);
    await expect(openSqlite(folder)).rejects.toThrow("is in use by another server");
  });

  it("leaves no thread behind if it can be written but not read", async () => {
    const folder = await temporaryFolder();
    let thread: Worker | undefined;
    process.once("worker", (worker) => {
      thread = worker;
      // The first message says that the thread has opened the file. The reader opens it next.
      worker.once("message", () => rmSync(join(folder, "memory.db")));
    });
    await expect(openSqlite(folder)).rejects.toThrow(
      new StorageUnavailableError("The embedded database cannot be opened."),
    );
    expect(thread?.threadId).toBe(-1);
    await open(folder);
  });

  it.each(["removed", "moved away"])("rejects writes after it was %s", async (how) => {
    const parent = await temporaryFolder();
    const folder = join(parent, "data");
    const storage = await open(folder);
    await applyOne(storage, upsertEmail("before"));
    if (how === "removed") await rm(folder, { recursive: true });
    else await rename(folder, join(parent, "elsewhere"));
    await expect(storage.apply(store, [upsertEmail("after")])).rejects.toThrow(StorageUnavailableError);
    await expect(storage.probe()).rejects.toThrow(StorageUnavailableError);
  });

  it("rejects uploads after its uploads folder was removed", async () => {
    const folder = await temporaryFolder();
    const storage = await open(folder);
    const uploads = await UploadFiles.open(join(folder, "uploads"), storage);
    await uploads.probe();
    await rm(join(folder, "uploads"), { recursive: true });
    await expect(uploads.probe()).rejects.toThrow(StorageUnavailableError);
    const saved = uploads.save(storeId, "mem_import_00000000000000000000000001", bytes());
    await expect(saved).rejects.toThrow(StorageUnavailableError);
  });

  it("drops the leases of the previous server, so an import is due again after a restart", async () => {
    const folder = await temporaryFolder();
    const first = await open(folder);
    const record = {
      ...{ id: "mem_import_00000000000000000000000001", filename: "people.csv", fileSize: 5, columnMappings: [] },
      ...{ status: "PENDING", createdAt: 0, updatedAt: 0, expiresAt: 1000 },
      progress: { offset: 0, rows: 0, errors: 0, warnings: 0 },
    };
    await first.createImport(storeId, record);
    await first.acceptUpload(storeId, record.id, "upload", 1);
    expect(await first.claimImport(storeId, "first", 1, 1_000_000)).toBeDefined();
    await first.close();
    const second = await open(folder);
    expect(await second.claimImport(storeId, "second", 2, 1_000_000)).toMatchObject({ record: { id: record.id } });
  });

  it("is migrated from the first version", async () => {
    const folder = await temporaryFolder();
    const database = new DatabaseSync(join(folder, "memory.db"));
    database.exec(`${MIGRATIONS[0]}; ${firstVersionRows(storeId).join("; ")}; PRAGMA user_version = 1`);
    database.close();
    await expectMigrated(await open(folder));
  });

  it("is not opened if a newer server wrote it", async () => {
    const folder = await temporaryFolder();
    const database = new DatabaseSync(join(folder, "memory.db"));
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    database.close();
    await expect(openSqlite(folder)).rejects.toThrow("Run the server that wrote it, or a newer one");
  });
});

async function* bytes() {
  yield Buffer.from("bytes");
}
