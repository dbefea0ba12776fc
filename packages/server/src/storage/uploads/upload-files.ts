import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { patterns } from "@memory-api/types";
import { type StorageReads, StorageUnavailableError } from "../storage.ts";
import { syncFolder } from "../sync-folder.ts";
import { UploadMissingError, type UploadStorage } from "./upload-storage.ts";

export const UPLOAD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UNFINISHED = ".part";
/** Codes of errors that the uploaded bytes did not cause. `ENOENT` means that the folder was removed. */
const DISK_FAULTS = new Set<unknown>([
  "EACCES",
  "EDQUOT",
  "EFBIG",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENOENT",
  "ENOSPC",
  "EROFS",
]);

/** Uploads as files of one folder, `<import ID>.<upload ID>`. They contain data of customers, so only the owner may read them. */
export class UploadFiles implements UploadStorage {
  readonly #folder: string;
  readonly #reads: Pick<StorageReads, "fetchImport">;

  private constructor(folder: string, reads: Pick<StorageReads, "fetchImport">) {
    this.#folder = folder;
    this.#reads = reads;
  }

  /**
   * Creates the folder if it does not exist, and removes unfinished uploads of an earlier process.
   *
   * @param reads the imports that the uploads belong to
   * @throws {StorageUnavailableError}
   */
  static open(folder: string, reads: Pick<StorageReads, "fetchImport">): Promise<UploadFiles> {
    return orUnavailable(async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { force: true });
      }
      return new UploadFiles(folder, reads);
    });
  }

  async save(_storeId: string, importId: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const uploadId = randomUUID();
    const path = this.#path(importId, uploadId);
    const unfinished = path + UNFINISHED;
    return orUnavailable(async () => {
      try {
        await writeFile(unfinished, bytes, { flag: "wx", mode: 0o600, flush: true });
        await rename(unfinished, path);
        await syncFolder(this.#folder);
        return uploadId;
      } catch (error) {
        // If this fails, the files are removed when the folder is opened again.
        await Promise.allSettled([rm(unfinished), rm(path)]);
        throw error;
      }
    });
  }

  async *read(_storeId: string, importId: string, uploadId: string, offset: number): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(this.#path(importId, uploadId), { start: offset });
    } catch (error) {
      if (codeOf(error) === "ENOENT") throw new UploadMissingError("The uploaded file does not exist");
      throw asUnavailable(error);
    }
  }

  async remove(_storeId: string, importId: string, uploadId?: string): Promise<void> {
    if (uploadId !== undefined) return orUnavailable(() => rm(this.#path(importId, uploadId), { force: true }));
    await orUnavailable(async () => {
      for (const name of await readdir(this.#folder)) {
        // An unfinished file belongs to the request that writes it.
        if (!name.startsWith(`${importId}.`) || name.endsWith(UNFINISHED)) continue;
        await rm(join(this.#folder, name), { force: true });
      }
    });
  }

  /** Keeps the files of unknown imports: their store may be configured again. */
  async sweep(storeIds: readonly string[]): Promise<void> {
    await orUnavailable(async () => {
      for (const name of await readdir(this.#folder)) {
        const [importId = "", uploadId = ""] = name.split(".");
        if (!patterns.ImportId.test(importId) || name.endsWith(UNFINISHED)) continue;
        if (!(await this.#isNeeded(storeIds, importId, uploadId))) await rm(join(this.#folder, name), { force: true });
      }
    });
  }

  /** Writes a file as large as a few blocks, which a full disk has no space for, and removes it. */
  async probe(): Promise<void> {
    const path = join(this.#folder, `probe${UNFINISHED}`);
    await orUnavailable(async () => {
      await writeFile(path, new Uint8Array(65_536), { mode: 0o600, flush: true });
      await rm(path, { force: true });
    });
  }

  async #isNeeded(storeIds: readonly string[], importId: string, uploadId: string): Promise<boolean> {
    for (const storeId of storeIds) {
      const found = await this.#reads.fetchImport(storeId, importId);
      if (found === undefined) continue;
      return found.status === "PENDING" || (found.status === "PROCESSING" && found.uploadId === uploadId);
    }
    return true;
  }

  /** IDs come from outside, so only well-formed ones become part of a path. */
  #path(importId: string, uploadId: string): string {
    if (!patterns.ImportId.test(importId)) throw new TypeError("This is not the ID of an import");
    if (!UPLOAD_ID.test(uploadId)) throw new TypeError("This is not the ID of an upload");
    return join(this.#folder, `${importId}.${uploadId}`);
  }
}

async function orUnavailable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw asUnavailable(error);
  }
}

function asUnavailable(error: unknown): unknown {
  if (!DISK_FAULTS.has(codeOf(error))) return error;
  return new StorageUnavailableError(`The folder for uploads cannot be written (${codeOf(error)})`, { cause: error });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
