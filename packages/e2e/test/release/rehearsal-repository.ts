import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../../../scripts/turbo.ts";
import { run } from "../support/run.ts";
import { commitAll, initialize } from "./git.ts";
import type { Registry } from "./registry.ts";

/** A copy of this repository that releases to a registry on loopback. */
export interface RehearsalRepository {
  readonly folder: string;
  /** Runs a script of the root, and returns what it prints. */
  script(name: string, ...options: string[]): Promise<string>;
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** Commits all changes, packs the release and publishes it. Returns the packages that were published, with their versions. */
  release(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Copies the working tree, with its dependencies, to a repository of its own. */
export async function createRehearsalRepository(registry: Registry): Promise<RehearsalRepository> {
  const folder = await mkdtemp(join(tmpdir(), "rehearsal-"));
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of listed.split("\0").filter((name) => name !== "" && existsSync(root + name))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(root + file, join(folder, file));
  }
  await copyDependencies(folder);
  await initialize(folder);
  await registry.use(folder);

  // The dependencies are not those that pnpm would install in this folder. The builds share the cache of this repository.
  const env = { pnpm_config_verify_deps_before_run: "false", TURBO_CACHE_DIR: join(root, ".turbo/cache") };
  const script = (name: string, ...options: string[]) => run("pnpm", ["run", name, ...options], { cwd: folder, env });
  return {
    folder,
    script,
    read: (file) => readFile(join(folder, file), "utf8"),
    write: (file, text) => writeFile(join(folder, file), text),
    async release() {
      await commitAll(folder, "Release");
      const [, checksum = ""] = /--checksum (\w+)/.exec(await script("release:pack")) ?? [];
      const printed = await script("release:publish", "--checksum", checksum);
      return [...printed.matchAll(/^Published (.*)$/gm)].map(([, release = ""]) => release).sort();
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Copies the links to the dependencies, so that the links from one package to another lead to the copies. */
async function copyDependencies(folder: string): Promise<void> {
  const packages = (await readdir(join(root, "packages"))).map((name) => `packages/${name}`);
  for (const member of ["", "spec", "examples/samples", ...packages]) {
    const [from, to] = [join(root, member, "node_modules"), join(folder, member, "node_modules")];
    await mkdir(to, { recursive: true });
    for (const name of await readdir(from)) {
      if (name.startsWith(".") && name !== ".bin") continue;
      await cp(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    }
  }
  await symlink(join(root, "node_modules/.pnpm"), join(folder, "node_modules/.pnpm"));
}
