import { copyFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ImportRecord } from "../../src/domain/imports/import-state.ts";
import { SqliteDatabase, SqliteReader } from "../../src/storage/sqlite/database.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { storeId } from "../storage-contract/storage-engine.ts";

const names = (database: DatabaseSync) =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .all()
    .map((row) => row["name"]);

async function openFile() {
  const file = join(await temporaryFolder(), "memory.db");
  const database = SqliteDatabase.open(file);
  onTestFinished(() => database.close().catch(() => {}));
  return { file, database };
}

function look(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  return database;
}

const profileOf = (id: string) => ({
  ...{ created: [{ id, createdAt: 1, holders: [] }], updated: [], removed: [], nodes: [] },
  ...{ attached: [], detached: [], groups: [] },
});

describe("the embedded database", () => {
  it("is a file with a write-ahead log, so that reads need not wait", async () => {
    const { file } = await openFile();
    expect(look(file).prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect((await stat(`${file}-wal`)).isFile()).toBe(true);
  });

  it("runs transactions one after the other, even if one fails", async () => {
    const { database } = await openFile();
    const steps: string[] = [];
    const first = Promise.withResolvers<void>();
    const failing = database.transaction(async (transaction) => {
      await transaction.profiles(storeId).write(profileOf("lost"));
      steps.push("first begins");
      await first.promise;
      throw new Error("It cannot be done.");
    });
    const next = database.transaction(async (transaction) => {
      steps.push("second begins");
      await transaction.profiles(storeId).write(profileOf("kept"));
    });
    const failed = expect(failing).rejects.toThrow("It cannot be done.");
    await expect.poll(() => steps).toEqual(["first begins"]);
    first.resolve();
    await failed;
    await next;
    expect(steps).toEqual(["first begins", "second begins"]);
    expect(await database.listProfileIds(storeId, "ASC", 10)).toEqual(["kept"]);
  });

  it("closes once the transaction under way has ended", async () => {
    const { file, database } = await openFile();
    const work = database.transaction((transaction) => transaction.profiles(storeId).write(profileOf("kept")));
    await database.close();
    await work;
    expect(look(file).prepare("SELECT id FROM profiles").all()).toEqual([{ id: "kept" }]);
    await expect(database.transaction(async () => {})).rejects.toThrow(StorageUnavailableError);
  });

  it("has no table of a probe afterwards", async () => {
    const { file, database } = await openFile();
    const before = names(look(file));
    await database.probe();
    expect(names(look(file))).toEqual(before);
  });

  it("is in memory by default", async () => {
    const [database, other] = [SqliteDatabase.open(), SqliteDatabase.open()];
    await database.transaction((transaction) => transaction.profiles(storeId).write(profileOf("kept")));
    expect(await database.listProfileIds(storeId, "ASC", 10)).toEqual(["kept"]);
    expect(await other.listProfileIds(storeId, "ASC", 10)).toEqual([]);
    await Promise.all([database.close(), other.close()]);
  });

  it("cannot be opened in a folder that does not exist, or from a file that is not a database", async () => {
    const folder = await temporaryFolder();
    expect(() => SqliteDatabase.open(join(folder, "none", "memory.db"))).toThrow(StorageUnavailableError);
    expect(() => SqliteDatabase.open(folder)).toThrow("The embedded database cannot be opened.");
  });

  it("fails each write once its file was deleted or replaced", async () => {
    for (const isReplaced of [false, true]) {
      const { file, database } = await openFile();
      await database.transaction((transaction) => transaction.profiles(storeId).write(profileOf("before")));
      if (isReplaced) await copyFile(file, `${file}.copy`);
      await rm(file);
      if (isReplaced) await rename(`${file}.copy`, file);
      const refused = database.transaction((transaction) => transaction.profiles(storeId).write(profileOf("after")));
      await expect(refused).rejects.toThrow(
        new StorageUnavailableError("The file of the embedded database was deleted."),
      );
      await expect(database.probe()).rejects.toThrow(StorageUnavailableError);
    }
  });

  it("releases every lease when it is opened, since their owners are gone", async () => {
    const { file, database } = await openFile();
    const record: ImportRecord = {
      ...{ id: "import", filename: "people.csv", fileSize: 5, columnMappings: [], status: "PROCESSING" },
      ...{ createdAt: 0, updatedAt: 0, expiresAt: 1000, uploadId: "upload" },
      progress: { offset: 0, rows: 0, errors: 0, warnings: 0 },
    };
    await database.transaction(async (transaction) => {
      await transaction.insertImport(storeId, { record, job: { dueAt: 500, owner: "owner", attempts: 2 } });
      await transaction.insertImport(storeId, {
        record: { ...record, id: "waiting" },
        job: { dueAt: 500, attempts: 0 },
      });
    });
    await database.close();
    const reopened = SqliteDatabase.open(file);
    onTestFinished(() => reopened.close());
    expect(await reopened.readImport(storeId, "import")).toEqual({ record, job: { dueAt: 0, attempts: 2 } });
    expect((await reopened.readImport(storeId, "waiting"))?.job).toEqual({ dueAt: 500, attempts: 0 });
  });
});

describe("a reader of the embedded database", () => {
  async function openReader() {
    const { file, database } = await openFile();
    await database.transaction(async (transaction) => {
      for (const id of ["a", "b"]) await transaction.profiles(storeId).write(profileOf(id));
    });
    const reader = new SqliteReader(file);
    onTestFinished(() => {
      try {
        reader.close();
      } catch {
        // The test closed it.
      }
    });
    return { database, reader };
  }

  it("runs the reads of a turn together, and sees what was committed before", async () => {
    const { database, reader } = await openReader();
    const list = () => reader.listProfileIds(storeId, "ASC", 10);
    expect(await list()).toEqual(["a", "b"]);
    expect(await Promise.all([list(), list(), reader.readCanonicalId(storeId, "a")])).toEqual([
      ["a", "b"],
      ["a", "b"],
      undefined,
    ]);
    await database.transaction((transaction) => transaction.profiles(storeId).write(profileOf("c")));
    expect(await list()).toEqual(["a", "b", "c"]);
    expect(await Promise.all([list(), reader.readProfile(storeId, "c")])).toEqual([
      ["a", "b", "c"],
      { createdAt: 1, groups: [] },
    ]);
  });

  it("rejects each read of a turn in which it is closed", async () => {
    const { reader } = await openReader();
    const reads = Promise.allSettled([
      reader.listProfileIds(storeId, "ASC", 10),
      reader.readProfile(storeId, "a"),
      reader.readCanonicalId(storeId, "a"),
    ]);
    reader.close();
    for (const result of await reads) {
      expect(result).toMatchObject({ status: "rejected", reason: expect.any(StorageUnavailableError) });
    }
  });
});
