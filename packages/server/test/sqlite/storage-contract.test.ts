import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMemory, openSqlite } from "../../src/storage/sqlite/open-sqlite.ts";
import { UploadFiles } from "../../src/storage/uploads/upload-files.ts";
import { UploadMemory } from "../../src/storage/uploads/upload-memory.ts";
import { describeStorage } from "../storage-contract/describe-storage.ts";

describeStorage({
  name: "SQLite in memory",
  async open() {
    const storage = openMemory();
    return { storage, uploads: new UploadMemory(), close: () => storage.close() };
  },
});

describeStorage({
  name: "SQLite in a data folder",
  async open() {
    const folder = await mkdtemp(join(tmpdir(), "memory-api-sqlite-"));
    const storage = await openSqlite(folder);
    const uploads = await UploadFiles.open(join(folder, "uploads"), storage);
    const close = async () => {
      await storage.close();
      await rm(folder, { recursive: true });
    };
    return { storage, uploads, close };
  },
});
