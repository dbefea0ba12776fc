import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installRelease, lastRelease } from "./last-release.ts";

const NAME = "@memory-api/unreleased-package-of-a-test";
let folder: string;
let repository: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "last-release-"));
  repository = join(folder, "repository");
  const packageFolder = join(repository, "packages/unreleased-package-of-a-test");
  await mkdir(packageFolder, { recursive: true });
  git("init", "--quiet", "--initial-branch=main");
  const build = "node --eval \"fs.copyFileSync('text', 'packages/unreleased-package-of-a-test/built')\"";
  await writeFile(join(repository, "package.json"), JSON.stringify({ private: true, scripts: { build } }));
  await writeFile(join(repository, "pnpm-workspace.yaml"), "packages:\n  - packages/*\n");
  await writeFile(join(packageFolder, "package.json"), JSON.stringify({ name: NAME, version: "1.0.0" }));
  await writeFile(join(repository, ".gitignore"), "node_modules\nbuilt\n");
  execFileSync("npx", ["-y", "pnpm@12", "install", "--lockfile-only"], { cwd: repository });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: repository, encoding: "utf8" }).trim();
}

async function commit(text: string): Promise<string> {
  await writeFile(join(repository, "text"), text);
  git("add", ".");
  git("commit", "--quiet", "--message", text);
  return git("rev-parse", "HEAD");
}

describe("the last release of a package", () => {
  it("is undefined before the first one", async () => {
    await commit("before");
    git("tag", `${NAME}-other@9.0.0`);
    expect(await lastRelease(repository, NAME)).toBeUndefined();
  });

  it("has the highest version of the history, and is not a prerelease or a release of another branch", async () => {
    git("tag", `${NAME}@1.9.0`);
    const last = await commit("last");
    git("tag", "--annotate", `${NAME}@1.10.0`, "--message", "An annotated tag");
    await commit("next");
    git("tag", `${NAME}@2.0.0-next.0`);
    git("checkout", "--quiet", "-b", "other");
    await commit("other");
    git("tag", `${NAME}@3.0.0`);
    git("checkout", "--quiet", "main");
    expect(await lastRelease(repository, NAME)).toEqual({ name: NAME, version: "1.10.0", commit: last });
  });

  it("cannot be determined in a shallow clone", async () => {
    const clone = join(folder, "clone");
    git("clone", "--quiet", "--depth=1", pathToFileURL(repository).href, clone);
    await expect(lastRelease(clone, NAME)).rejects.toThrow("Run: git fetch --unshallow --tags");
  });

  it("is built from its tag if npm does not have it, and only once", async () => {
    const release = await lastRelease(repository, NAME);
    if (release === undefined) throw new Error("There is no release.");
    const cache = join(folder, "cache");
    const installed = await installRelease(repository, release, cache);
    const built = join(installed.folder, "built");
    expect(installed).toMatchObject({ version: "1.10.0", source: "git" });
    expect(await readFile(built, "utf8")).toBe("last");
    await writeFile(built, "kept");
    expect(await installRelease(repository, release, cache)).toEqual(installed);
    expect(await readFile(built, "utf8")).toBe("kept");
  });
});
