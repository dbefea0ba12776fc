import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UploadFiles } from "../../src/imports/upload-files.ts";
import { UploadMemory } from "../../src/imports/upload-memory.ts";
import { openMemory, openSqlite } from "../../src/storage/sqlite/open-sqlite.ts";
import { describeStorage } from "../storage-contract/describe-storage.ts";

describeStorage({
  name: "SQLite in memory",
  async open(rules) {
    const storage = openMemory(rules);
    return { storage, uploads: new UploadMemory(), close: () => storage.close() };
  },
});

describeStorage({
  name: "SQLite in a data folder",
  async open(rules) {
    const folder = await mkdtemp(join(tmpdir(), "memory-api-sqlite-"));
    const storage = await openSqlite(folder, rules);
    const uploads = await UploadFiles.open(join(folder, "uploads"), async () => true);
    const close = async () => {
      await storage.close();
      await rm(folder, { recursive: true });
    };
    return { storage, uploads, close };
  },
});
