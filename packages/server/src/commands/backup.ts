import { resolve } from "node:path";
import { createBackup } from "../storage/sqlite/backup/create-backup.ts";
import type { Manifest } from "../storage/sqlite/backup/manifest.ts";
import { restoreBackup } from "../storage/sqlite/backup/restore-backup.ts";
import { parseOptions } from "./parse-options.ts";
import { STORAGE_OPTIONS, storageSettings } from "./storage-options.ts";

/**
 * Copies the data folder while a server may use it.
 *
 * @throws {Error} with a message for the user of the command
 */
export async function backup(args: readonly string[]): Promise<void> {
  const { folder, dataFolder, json } = await foldersOf("backup", args);
  report(json, "Written", folder, await createBackup(dataFolder, folder));
}

/**
 * Fills an empty data folder from a backup.
 *
 * @throws {Error} with a message for the user of the command
 */
export async function restore(args: readonly string[]): Promise<void> {
  const { folder, dataFolder, json } = await foldersOf("restore", args);
  report(json, "Restored", dataFolder, await restoreBackup(folder, dataFolder));
}

async function foldersOf(command: "backup" | "restore", args: readonly string[]) {
  const { values, positionals } = parseOptions(`memory-server ${command}`, {
    args: [...args],
    options: STORAGE_OPTIONS,
    allowPositionals: true,
  });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) {
    throw new Error(`Specify the folder of one backup: memory-server ${command} <folder>`);
  }
  const { dataFolder, databaseUrl } = await storageSettings(values);
  if (databaseUrl !== undefined) {
    throw new Error(
      "The data is in PostgreSQL, which has its own tools: pg_dump and pg_restore, or pg_basebackup with an archive of the write-ahead log. A backup of the database is complete, because uploaded files are stored in it.",
    );
  }
  return { folder: resolve(folder), dataFolder, json: values.json };
}

function report(json: boolean | undefined, verb: string, folder: string, { createdAt, files }: Manifest): void {
  const sums = Object.values(files);
  const bytes = sums.reduce((total, sum) => total + sum.bytes, 0);
  const text = `${verb}: ${folder}, with ${sums.length} ${sums.length === 1 ? "file" : "files"} of ${bytes} bytes and all writes before ${createdAt}.`;
  console.log(json ? JSON.stringify({ folder, createdAt, files: sums.length, bytes }) : text);
}
