import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** A released version of a package, and the commit that its tag names. */
export interface Release {
  name: string;
  version: string;
  commit: string;
}

/** A released package that can be run. */
export interface InstalledRelease extends Release {
  /** Folder of the package. */
  folder: string;
  source: "npm" | "git";
}

/**
 * Returns the last release of a package: the highest tag `<name>@<version>` of the history, except prereleases.
 *
 * @param root path of the repository
 * @returns `undefined` if the package was never released
 * @throws {Error} if the repository is a shallow clone, whose history is incomplete
 */
export async function lastRelease(root: string, name: string): Promise<Release | undefined> {
  if ((await git(root, "rev-parse", "--is-shallow-repository")) === "true")
    throw new Error("A shallow clone does not have the tags of the releases. Run: git fetch --unshallow --tags");
  const format = "--format=%(refname:strip=2) %(objectname) %(*objectname)";
  const tags = await git(root, "tag", "--list", `${name}@*`, "--merged", "HEAD", "--sort=-version:refname", format);
  for (const tag of tags.split("\n")) {
    // An annotated tag has an object of its own.
    const [label = "", object = "", commit = object] = tag.split(" ").filter(Boolean);
    const version = label.slice(name.length + 1);
    if (/^\d+\.\d+\.\d+$/.test(version)) return { name, version, commit };
  }
  return undefined;
}

/**
 * Installs a release from npm. If npm does not have it, builds it from its tag in a worktree of git.
 *
 * @param root path of the repository
 * @param cache folder in which installed releases are kept
 */
export async function installRelease(root: string, release: Release, cache: string): Promise<InstalledRelease> {
  const { name, version, commit } = release;
  const installed = join(cache, `${name.replace("/", "+")}@${version}`);
  const fromNpm = { ...release, folder: join(installed, "node_modules", name), source: "npm" } as const;
  if (existsSync(fromNpm.folder)) return fromNpm;
  const worktree = join(cache, commit);
  const fromGit = { ...release, folder: join(worktree, "packages", name.replace(/^.*\//, "")), source: "git" } as const;
  if (existsSync(builtMark(worktree))) return fromGit;
  if (await installFromNpm(`${name}@${version}`, installed)) return fromNpm;
  await buildWorktree(root, worktree, commit);
  return fromGit;
}

async function installFromNpm(specifier: string, folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  const options = ["--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"];
  try {
    await run(folder, "npm", ["install", ...options, specifier]);
    return true;
  } catch (error) {
    // Without a registry, the tag is as good.
    console.log(`npm cannot install ${specifier} (${errorCode(error)}). Building its tag …`);
    await rm(folder, { recursive: true, force: true });
    return false;
  }
}

/** Builds a commit as its own scripts do. An earlier build that did not finish is discarded. */
async function buildWorktree(root: string, worktree: string, commit: string): Promise<void> {
  await rm(worktree, { recursive: true, force: true });
  await git(root, "worktree", "prune");
  await git(root, "worktree", "add", "--detach", worktree, commit);
  await run(worktree, "npx", ["-y", "pnpm@12", "install", "--frozen-lockfile"]);
  await run(worktree, "npx", ["-y", "pnpm@12", "run", "build"]);
  await writeFile(builtMark(worktree), "");
}

/** A file that git ignores. */
function builtMark(worktree: string): string {
  return join(worktree, "node_modules/.built");
}

async function git(root: string, ...args: string[]): Promise<string> {
  return (await run(root, "git", args)).trim();
}

async function run(cwd: string, command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

function errorCode(error: unknown): string {
  const [, code] = /npm error code (\w+)/.exec(String(Object(error).stderr)) ?? [];
  return code ?? "no error code";
}
