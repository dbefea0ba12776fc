import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The size of an installation. */
export interface Installation {
  readonly packages: number;
  /** Total size of all files. */
  readonly bytes: number;
}

/**
 * Installs packages with npm into a temporary folder, without install scripts.
 *
 * @param packages specifiers or paths of tarballs
 */
export async function installed(packages: readonly string[]): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "memory-installed-"));
  try {
    const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    await run("npm", ["install", "--prefix", folder, ...options, ...packages]);
    const modules = join(folder, "node_modules");
    const lock: { packages: object } = JSON.parse(await readFile(join(modules, ".package-lock.json"), "utf8"));
    return { packages: Object.keys(lock.packages).length, bytes: await bytesIn(modules) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Packs this package and the types that it depends on as they would be published, and calls `use` with the tarballs. */
export async function withTarballs<Result>(use: (tarballs: readonly string[]) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "memory-packed-"));
  try {
    const filters = ["@memory-api/client", "@memory-api/types"].flatMap((name) => ["--filter", name]);
    await run("npx", ["-y", "pnpm@12", ...filters, "--recursive", "pack", "--pack-destination", folder]);
    return await use((await readdir(folder)).map((name) => join(folder, name)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
