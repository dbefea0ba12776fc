import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { patterns } from "@memory-api/types";
import { StorageUnavailableError, type UploadStorage } from "../storage/storage.ts";
import { UnreadableFileError } from "./unreadable-file-error.ts";

const UPLOAD_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UNFINISHED = ".part";
const DISK_FAULTS = new Set<unknown>(["EDQUOT", "EFBIG", "EIO", "EMFILE", "ENFILE", "ENOSPC", "EROFS"]);

/** Uploads as files of one folder, `<import ID>.<upload ID>`. They hold what customers sent, so only the owner may read them. */
export class UploadFiles implements UploadStorage {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Makes the folder if it is not there, and clears it of what an earlier process left behind.
   *
   * @param isNeeded whether the files of the import will still be read
   * @throws {StorageUnavailableError}
   */
  static async open(folder: string, isNeeded: (importId: string) => Promise<boolean>): Promise<UploadFiles> {
    return orUnavailable(async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      for (const name of await readdir(folder)) {
        const [importId = ""] = name.split(".");
        if (!patterns.ImportId.test(importId)) continue;
        if (name.endsWith(UNFINISHED) || !(await isNeeded(importId))) await rm(join(folder, name), { force: true });
      }
      return new UploadFiles(folder);
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
        // What cannot be removed now goes when the folder is opened again.
        await Promise.allSettled([rm(unfinished, { force: true }), rm(path, { force: true })]);
        throw error;
      }
    });
  }

  async *read(_storeId: string, importId: string, uploadId: string, offset: number): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(this.#path(importId, uploadId), { start: offset });
    } catch (error) {
      if (codeOf(error) === "ENOENT") throw new UnreadableFileError("The uploaded file is gone");
      throw asUnavailable(error);
    }
  }

  async remove(_storeId: string, importId: string, uploadId?: string): Promise<void> {
    if (uploadId !== undefined) return orUnavailable(() => rm(this.#path(importId, uploadId), { force: true }));
    await orUnavailable(async () => {
      for (const name of await readdir(this.#folder)) {
        // One that is still being written belongs to the request that writes it.
        if (!name.startsWith(`${importId}.`) || name.endsWith(UNFINISHED)) continue;
        await rm(join(this.#folder, name), { force: true });
      }
    });
  }

  /** IDs come from outside: only what looks like one becomes part of a path. */
  #path(importId: string, uploadId: string): string {
    if (!patterns.ImportId.test(importId)) throw new TypeError("This is not the ID of an import");
    if (!UPLOAD_ID.test(uploadId)) throw new TypeError("This is not the ID of an upload");
    return join(this.#folder, `${importId}.${uploadId}`);
  }
}

/** Only then is the new name of a file durable. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await using handle = await open(folder);
  await handle.sync();
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
  return new StorageUnavailableError("The disk for uploads is full or fails", { cause: error });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
