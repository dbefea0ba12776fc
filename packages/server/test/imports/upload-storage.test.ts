import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportRecord } from "../../src/domain/imports/import-state.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { UploadFiles } from "../../src/storage/uploads/upload-files.ts";
import { UploadMemory } from "../../src/storage/uploads/upload-memory.ts";
import { UploadMissingError, type UploadStorage } from "../../src/storage/uploads/upload-storage.ts";

const storeId = "mem_store_00000000000000000000000000";
const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
const otherId = "mem_import_01kkbk0tfteqn89st3b7v4f5y9";

const someImport: ImportRecord = {
  ...{ id: importId, filename: "people.csv", fileSize: 5, columnMappings: [], status: "PENDING" },
  ...{ createdAt: 0, updatedAt: 0, expiresAt: 1 },
  progress: { offset: 0, rows: 0, errors: 0, warnings: 0 },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "uploads-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openFiles = () => UploadFiles.open(folder, { fetchImport: async () => undefined });

async function* pieces(...texts: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (typeof text !== "string") throw text;
    yield Buffer.from(text);
  }
}

async function textOf(uploads: UploadStorage, uploadId: string, offset = 0, id = importId): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const piece of uploads.read(storeId, id, uploadId, offset)) read.push(piece);
  return Buffer.concat(read).toString();
}

/** Not every storage notices that an upload is missing. */
function nothingIfMissing(error: unknown): string {
  if (error instanceof UploadMissingError) return "";
  throw error;
}

describe.each<[string, () => Promise<UploadStorage>]>([
  ["files", openFiles],
  ["memory", async () => new UploadMemory()],
])("uploads in %s", (_name, open) => {
  it("return the bytes, from any offset", async () => {
    const uploads = await open();
    const uploadId = await uploads.save(storeId, importId, pieces("email,", "", "name\n", "ada@example.com,Ada\n"));
    expect(await textOf(uploads, uploadId)).toBe("email,name\nada@example.com,Ada\n");
    expect(await textOf(uploads, uploadId, 11)).toBe("ada@example.com,Ada\n");
    expect(await textOf(uploads, uploadId, 31)).toBe("");
  });

  it("keep several uploads of an import apart", async () => {
    const uploads = await open();
    const [one, two] = await Promise.all([
      uploads.save(storeId, importId, pieces("one")),
      uploads.save(storeId, importId, pieces("two")),
    ]);
    expect([await textOf(uploads, one), await textOf(uploads, two)]).toEqual(["one", "two"]);
    await uploads.remove(storeId, importId, one);
    expect(await textOf(uploads, two)).toBe("two");
  });

  it("remove all uploads of an import and none of another", async () => {
    const uploads = await open();
    const gone = await uploads.save(storeId, importId, pieces("one"));
    const kept = await uploads.save(storeId, otherId, pieces("two"));
    await uploads.remove(storeId, importId);
    await uploads.remove(storeId, importId);
    await uploads.remove(storeId, importId, gone);
    expect(await textOf(uploads, gone).catch(() => "")).toBe("");
    expect(await textOf(uploads, kept, 0, otherId)).toBe("two");
  });

  it("reject with the error of the bytes", async () => {
    const uploads = await open();
    const fault = new Error("The client disconnected");
    await expect(uploads.save(storeId, importId, pieces("email", fault))).rejects.toBe(fault);
  });

  it("remove every attempt of an import without naming them", async () => {
    const uploads = await open();
    const ids = [
      await uploads.save(storeId, importId, pieces("one")),
      await uploads.save(storeId, importId, pieces("two")),
    ];
    const kept = await uploads.save(storeId, otherId, pieces("three"));
    await uploads.remove(storeId, importId);
    for (const id of ids) expect(await textOf(uploads, id).catch(nothingIfMissing)).toBe("");
    expect(await textOf(uploads, kept, 0, otherId)).toBe("three");
  });

  it("have no bytes of an upload or an import that is unknown", async () => {
    const uploads = await open();
    await uploads.save(storeId, importId, pieces("one"));
    for (const id of [importId, otherId]) {
      expect(await textOf(uploads, crypto.randomUUID(), 0, id).catch(nothingIfMissing)).toBe("");
    }
  });

  it.each(["text", null, undefined])(
    "pass on what the bytes fail with even if it is not an Error (%s)",
    async (fault) => {
      const uploads = await open();
      // biome-ignore lint/correctness/useYield: It fails before the first byte.
      async function* failing(): AsyncGenerator<Uint8Array> {
        throw fault;
      }
      await expect(uploads.save(storeId, importId, failing())).rejects.toBe(fault);
    },
  );
});

describe("uploads in files", () => {
  it("keep no partial file if reading the bytes fails", async () => {
    const uploads = await openFiles();
    await expect(uploads.save(storeId, importId, pieces("email", new Error("gone")))).rejects.toThrow("gone");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are named after their import, and only their owner can read them", async () => {
    const uploads = await openFiles();
    const uploadId = await uploads.save(storeId, importId, pieces("email"));
    expect(readdirSync(folder)).toEqual([`${importId}.${uploadId}`]);
    expect(statSync(join(folder, `${importId}.${uploadId}`)).mode & 0o077).toBe(0);
  });

  it("survive a restart, except unfinished and unneeded ones", async () => {
    const uploads = await openFiles();
    const uploadId = await uploads.save(storeId, importId, pieces("email"));
    await uploads.save(storeId, otherId, pieces("email"));
    writeFileSync(join(folder, `${importId}.${crypto.randomUUID()}.part`), "ema");
    writeFileSync(join(folder, "README"), "not ours");
    const statuses = new Map([
      [importId, { status: "PROCESSING", uploadId }],
      [otherId, { status: "COMPLETED" }],
    ]);
    const again = await UploadFiles.open(folder, {
      fetchImport: async (_store, id) => ({ ...someImport, id, ...statuses.get(id) }),
    });
    await again.sweep([storeId]);
    expect(readdirSync(folder).sort()).toEqual(["README", `${importId}.${uploadId}`]);
    expect(await textOf(again, uploadId)).toBe("email");
  });

  it("are not removed while they are still being written", async () => {
    const uploads = await openFiles();
    const unfinished = Promise.withResolvers<void>();
    async function* slowly() {
      yield Buffer.from("email");
      await unfinished.promise;
    }
    const saved = uploads.save(storeId, importId, slowly());
    await expect.poll(() => readdirSync(folder)).toHaveLength(1);
    await uploads.remove(storeId, importId);
    unfinished.resolve();
    expect(await textOf(uploads, await saved)).toBe("email");
  });

  it("accept only IDs in a path", async () => {
    const uploads = await openFiles();
    await expect(uploads.save(storeId, "../../etc/passwd", pieces("x"))).rejects.toThrow(TypeError);
    await expect(textOf(uploads, "../secret")).rejects.toThrow(TypeError);
    await expect(uploads.remove(storeId, importId, "/../secret")).rejects.toThrow(TypeError);
  });

  it("report a missing file as UploadMissingError", async () => {
    const uploads = await openFiles();
    await expect(textOf(uploads, crypto.randomUUID())).rejects.toThrow(UploadMissingError);
  });

  it.each(["ENOSPC", "EIO"])("report %s of the disk as StorageUnavailableError", async (code) => {
    const uploads = await openFiles();
    const fault = Object.assign(new Error(code), { code });
    await expect(uploads.save(storeId, importId, pieces("email", fault))).rejects.toThrow(StorageUnavailableError);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are swept only if their import is known and needs another upload or none", async () => {
    const uploads = await openFiles();
    const unknownId = "mem_import_01kkbk0tfteqn89st3b7v4f5ya";
    const lost = await uploads.save(storeId, importId, pieces("lost"));
    const accepted = await uploads.save(storeId, importId, pieces("accepted"));
    const pending = await uploads.save(storeId, otherId, pieces("pending"));
    const unknown = await uploads.save(storeId, unknownId, pieces("unknown"));
    const imports = new Map<string, Partial<ImportRecord>>([
      [`second ${importId}`, { status: "PROCESSING", uploadId: accepted }],
      [`first ${otherId}`, { status: "PENDING" }],
    ]);
    const again = await UploadFiles.open(folder, {
      fetchImport: async (store, id) => {
        const found = imports.get(`${store} ${id}`);
        return found && { ...someImport, id, ...found };
      },
    });
    await again.sweep(["first", "second"]);
    expect(readdirSync(folder).sort()).toEqual(
      [`${importId}.${accepted}`, `${otherId}.${pending}`, `${unknownId}.${unknown}`].sort(),
    );
    expect(await textOf(again, lost).catch(() => "")).toBe("");
    await again.sweep(["first"]);
    expect(await textOf(again, accepted)).toBe("accepted");
  });

  it("are not swept while they are still being written, even if their import has ended", async () => {
    const ended = await UploadFiles.open(folder, { fetchImport: async () => ({ ...someImport, status: "FAILED" }) });
    const unfinished = Promise.withResolvers<void>();
    async function* slowly() {
      yield Buffer.from("email");
      await unfinished.promise;
    }
    const saved = ended.save(storeId, importId, slowly());
    await expect.poll(() => readdirSync(folder)).toHaveLength(1);
    await ended.sweep([storeId]);
    unfinished.resolve();
    expect(await textOf(ended, await saved)).toBe("email");
  });

  it("create their folder, which only the owner may read", async () => {
    const inside = join(folder, "data", "uploads");
    await UploadFiles.open(inside, { fetchImport: async () => undefined });
    expect(statSync(inside).mode & 0o777).toBe(0o700);
  });

  it("leave nothing of a probe", async () => {
    const uploads = await openFiles();
    await uploads.probe();
    await uploads.probe();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are swept once their import has ended, whichever upload it had", async () => {
    const uploads = await openFiles();
    const uploadId = await uploads.save(storeId, importId, pieces("email"));
    const again = await UploadFiles.open(folder, {
      fetchImport: async () => ({ ...someImport, status: "COMPLETED", uploadId }),
    });
    await again.sweep([storeId]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("take no path that only contains an ID", async () => {
    const uploads = await openFiles();
    const uploadId = crypto.randomUUID();
    for (const wrong of [`../${uploadId}`, `${uploadId}/..`]) {
      await expect(textOf(uploads, wrong)).rejects.toThrow(new TypeError("This is not the ID of an upload"));
    }
    const ofWrongImport = textOf(uploads, uploadId, 0, `../${importId}`);
    await expect(ofWrongImport).rejects.toThrow(new TypeError("This is not the ID of an import"));
  });

  it("name the missing file and the fault of a disk", async () => {
    const uploads = await openFiles();
    await expect(textOf(uploads, crypto.randomUUID())).rejects.toThrow("The uploaded file does not exist");
    const cause = Object.assign(new Error("full"), { code: "ENOSPC" });
    await expect(uploads.save(storeId, importId, pieces(cause))).rejects.toMatchObject({
      message: "The folder for uploads cannot be written (ENOSPC)",
      cause,
    });
  });

  it("are unavailable, and not missing, while their folder is missing", async () => {
    const uploads = await openFiles();
    rmSync(folder, { recursive: true });
    const calls = [
      () => uploads.remove(storeId, importId),
      () => uploads.sweep([storeId]),
      () => uploads.probe(),
      () => uploads.save(storeId, importId, pieces("email")),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toThrow(StorageUnavailableError);
      await expect(call()).rejects.toThrow("The folder for uploads cannot be written (ENOENT)");
    }
  });

  it("are unavailable for each error that the uploaded bytes did not cause", async () => {
    const uploads = await openFiles();
    for (const code of ["EACCES", "EDQUOT", "EFBIG", "EIO", "EMFILE", "ENFILE", "ENOENT", "ENOSPC", "EROFS"]) {
      const fault = Object.assign(new Error(code), { code });
      const saved = uploads.save(storeId, importId, pieces("email", fault));
      await expect(saved, code).rejects.toThrow(StorageUnavailableError);
    }
    const other = Object.assign(new Error("reset"), { code: "ECONNRESET" });
    await expect(uploads.save(storeId, importId, pieces("email", other))).rejects.toBe(other);
  });
});
