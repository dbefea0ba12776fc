import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "../../sync-folder.ts";
import { openFile } from "../database.ts";
import { SqliteInspection } from "../inspection.ts";
import { MIGRATIONS } from "../migrations.ts";
import { DATABASE, type FileSum, FORMAT, MANIFEST, type Manifest, SECRETS, sumOf, UPLOADS } from "./manifest.ts";

/** Pages that are copied at a time. */
const PAGES = 1024;

/** Snapshots that are tried. One is of no use if an import ended between the snapshot and the copy of its file. */
const MAX_ATTEMPTS = 10;

const PAGE_OF_IMPORTS = 1000;

/**
 * Copies the database and the uploaded files of a data folder, which a server may use at the same time. The folder appears once it is complete
 * and durable. It contains secrets and data of customers, so only its owner may read it.
 *
 * @param dataFolder where the data is
 * @param target a folder that does not exist, in one that does
 * @throws {Error} if the target exists or cannot be written, or if a file of an import is missing
 * @throws {StorageUnavailableError}
 */
export async function createBackup(dataFolder: string, target: string): Promise<Manifest> {
  if (existsSync(target)) throw new Error(`${target} already exists. Specify a folder that does not exist.`);
  const inspection = SqliteInspection.open(dataFolder);
  const draft = `${target}.${randomUUID()}.partial`;
  try {
    await mkdir(draft, { mode: 0o700 }).catch(({ code }) => {
      throw new Error(`The folder ${dirname(target)} cannot be written (${code}). Create it, or specify another one.`);
    });
    await mkdir(join(draft, UPLOADS), { mode: 0o700 });
    const createdAt = new Date().toISOString();
    await copyData(inspection, dataFolder, draft);
    for (const name of SECRETS) await copyIfPresent(join(dataFolder, name), join(draft, name));
    const manifest: Manifest = { format: FORMAT, createdAt, schema: MIGRATIONS.length, files: await sumsOf(draft) };
    await writeFile(join(draft, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600, flush: true });
    await syncFolder(join(draft, UPLOADS));
    await syncFolder(draft);
    await rename(draft, target);
    await syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await inspection.close();
  }
}

/**
 * Copies the database as one snapshot sees it, with the files of the imports that are PROCESSING in this snapshot. A server deletes the file
 * of an import that ends, so files are copied before the snapshot, and those that arrived in between after it.
 */
async function copyData(inspection: SqliteInspection, dataFolder: string, draft: string): Promise<void> {
  const { backup } = process.getBuiltinModule("node:sqlite");
  const file = join(draft, DATABASE);
  await writeFile(file, "", { mode: 0o600 });
  for (let attempt = 1; ; attempt++) {
    for await (const { importId, uploadId } of inspection.uploads()) {
      await copyUpload(dataFolder, draft, `${importId}.${uploadId}`);
    }
    const missing = await inspection.snapshot(async () => {
      const needed = await filesOfImports(inspection);
      for (const name of needed) if (!(await copyUpload(dataFolder, draft, name))) return name;
      await backup(inspection.database, file, { rate: PAGES });
      await removeOthers(join(draft, UPLOADS), needed);
      return undefined;
    });
    if (missing === undefined) break;
    if (attempt < MAX_ATTEMPTS) continue;
    throw new Error(`The file uploads/${missing} is missing, but its import is PROCESSING. Run memory-server verify.`);
  }
  // In one file, so that reading the backup creates no others beside it.
  const copy = openFile(file);
  copy.exec("PRAGMA journal_mode = DELETE");
  copy.close();
}

async function filesOfImports(inspection: SqliteInspection): Promise<Set<string>> {
  const names = new Set<string>();
  for (const storeId of await inspection.storeIds()) {
    let before: string | undefined;
    do {
      const selection = { status: "PROCESSING", limit: PAGE_OF_IMPORTS } as const;
      const page = await inspection.listImports(storeId, { ...selection, ...(before !== undefined && { before }) });
      for (const { record } of page) names.add(`${record.id}.${record.uploadId}`);
      before = page.length === PAGE_OF_IMPORTS ? page.at(-1)?.record.id : undefined;
    } while (before !== undefined);
  }
  return names;
}

/** @returns whether the draft contains the file now */
async function copyUpload(dataFolder: string, draft: string, name: string): Promise<boolean> {
  const copy = join(draft, UPLOADS, name);
  return existsSync(copy) || copyIfPresent(join(dataFolder, UPLOADS, name), copy);
}

/** @returns whether the file exists */
async function copyIfPresent(file: string, copy: string): Promise<boolean> {
  try {
    // Files are never changed in place, so one that is being copied stays complete even if its name is removed.
    await copyFile(file, copy);
    return true;
  } catch (error) {
    if (Object(error).code !== "ENOENT") throw error;
    return false;
  }
}

async function removeOthers(folder: string, needed: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) if (!needed.has(name)) await rm(join(folder, name));
}

/** Makes every file durable, and returns its checksum by path. */
async function sumsOf(draft: string): Promise<Record<string, FileSum>> {
  const uploads = (await readdir(join(draft, UPLOADS))).map((name) => `${UPLOADS}/${name}`);
  const sums: Record<string, FileSum> = {};
  for (const path of [DATABASE, ...SECRETS.filter((name) => existsSync(join(draft, name))), ...uploads.sort()]) {
    const file = join(draft, path);
    await using handle = await open(file, "r+");
    await handle.chmod(0o600);
    await handle.sync();
    sums[path] = await sumOf(file);
  }
  return sums;
}
