import { copyFile, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "../../sync-folder.ts";
import { MIGRATIONS } from "../migrations.ts";
import { LOCK, lockFolder } from "../open-sqlite.ts";
import { DATABASE, type Manifest, readManifest, sumOf, UPLOADS } from "./manifest.ts";

const DRAFT = "restore.partial";

/**
 * Fills an empty data folder from a backup, after it checked every file. No server can start on the folder meanwhile. The database is put in
 * place last, so a folder without it was not restored.
 *
 * @param backup a folder that `createBackup` wrote
 * @param dataFolder created if it does not exist
 * @throws {Error} if the backup is incomplete, damaged, or of a newer release, or if the data folder is not empty
 * @throws {StorageUnavailableError} if a server uses the data folder
 */
export async function restoreBackup(backup: string, dataFolder: string): Promise<Manifest> {
  const manifest = await readManifest(backup);
  if (manifest.schema > MIGRATIONS.length) {
    throw new Error(
      `The backup has schema ${manifest.schema}, but this release supports schemas up to ${MIGRATIONS.length}. Use the release that wrote it, or a newer one.`,
    );
  }
  await rejectContent(dataFolder);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(dataFolder);
  const draft = join(dataFolder, DRAFT);
  try {
    await rejectContent(dataFolder);
    await rm(draft, { recursive: true, force: true });
    await copyFiles(manifest, backup, draft);
    const { [DATABASE]: _, ...others } = manifest.files;
    await mkdir(join(dataFolder, UPLOADS), { mode: 0o700 });
    for (const path of Object.keys(others)) await rename(join(draft, path), join(dataFolder, path));
    await syncFolder(join(dataFolder, UPLOADS));
    await syncFolder(dataFolder);
    await rename(join(draft, DATABASE), join(dataFolder, DATABASE));
    await syncFolder(dataFolder);
    return manifest;
  } finally {
    await rm(draft, { recursive: true, force: true }).finally(unlock);
  }
}

/** @throws {Error} if the folder contains anything but its lock and an interrupted restore */
async function rejectContent(dataFolder: string): Promise<void> {
  const names = await readdir(dataFolder).catch((error): string[] => {
    if (error.code === "ENOENT") return [];
    throw new Error(`The data folder ${dataFolder} cannot be read (${error.code}).`);
  });
  const [name] = names.filter((each) => each !== DRAFT && !each.startsWith(LOCK));
  if (name === undefined) return;
  throw new Error(
    `The data folder ${dataFolder} is not empty: it contains ${name}. A restore replaces nothing. Move the folder away, or specify another one with --data.`,
  );
}

/** Copies every file, and checks the copy. */
async function copyFiles({ files }: Manifest, backup: string, draft: string): Promise<void> {
  await mkdir(join(draft, UPLOADS), { recursive: true, mode: 0o700 });
  for (const [path, expected] of Object.entries(files)) {
    const copy = join(draft, path);
    await copyFile(join(backup, path), copy).catch(({ code }) => {
      throw new Error(`${join(backup, path)} cannot be copied to ${dirname(copy)} (${code}).`);
    });
    const { bytes, sha256 } = await sumOf(copy);
    if (bytes !== expected.bytes || sha256 !== expected.sha256) {
      throw new Error(`${join(backup, path)} differs from the checksum in the manifest: the backup is damaged.`);
    }
    await using handle = await open(copy, "r+");
    await handle.chmod(0o600);
    await handle.sync();
  }
}
