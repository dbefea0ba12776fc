import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { patterns } from "@memory-api/types";
import { UPLOAD_ID } from "../../uploads/upload-files.ts";

/** The only format so far. */
export const FORMAT = 1;

export const MANIFEST = "manifest.json";
export const DATABASE = "memory.db";
export const UPLOADS = "uploads";
/** Secrets that the server generated, if its configuration has none. */
export const SECRETS = ["credential.json", "signing-key"] as const;

/** The content of a backup: the last file that is written, so a backup without it is incomplete. */
export interface Manifest {
  readonly format: typeof FORMAT;
  /** ISO 8601. The backup contains every write that was acknowledged before this time. */
  readonly createdAt: string;
  /** Version of the schema of the database. */
  readonly schema: number;
  /** By path in the backup, with slashes. */
  readonly files: Readonly<Record<string, FileSum>>;
}

export interface FileSum {
  readonly bytes: number;
  /** Hexadecimal digits. */
  readonly sha256: string;
}

/** @throws {Error} if the folder is not a complete backup that this release can read */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  const text = await readFile(file, "utf8").catch(({ code }) => {
    throw new Error(`${file} cannot be read (${code}). Specify a folder that memory-server backup wrote.`);
  });
  const manifest = parse(text);
  if (!isManifest(manifest)) throw new Error(`${file} is damaged, or a newer release of the server wrote it.`);
  return manifest;
}

export async function sumOf(file: string): Promise<FileSum> {
  const hash = createHash("sha256");
  let bytes = 0;
  await pipeline(createReadStream(file), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { bytes, sha256: hash.digest("hex") };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  const { format, createdAt, schema, files } = Object(value);
  return (
    format === FORMAT &&
    typeof createdAt === "string" &&
    Number.isSafeInteger(schema) &&
    Object.hasOwn(Object(files), DATABASE) &&
    Object.entries(files).every(([path, sum]) => isPath(path) && isSum(sum))
  );
}

/** Whether the path is one that a backup can contain. Another one could name a file outside of the data folder. */
function isPath(path: string): boolean {
  if (path === DATABASE || SECRETS.some((name) => name === path)) return true;
  const [folder, name = "", ...rest] = path.split("/");
  const [importId = "", uploadId = "", ...extensions] = name.split(".");
  const isUpload = patterns.ImportId.test(importId) && UPLOAD_ID.test(uploadId) && extensions.length === 0;
  return folder === UPLOADS && rest.length === 0 && isUpload;
}

function isSum(value: unknown): value is FileSum {
  const { bytes, sha256 } = Object(value);
  return Number.isSafeInteger(bytes) && /^[0-9a-f]{64}$/.test(sha256);
}
