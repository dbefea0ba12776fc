import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type PackedPackage, packPackages } from "../../../../scripts/pack/pack-packages.ts";
import { npmInstall } from "../consumer/npm-install.ts";
import { run } from "../support/run.ts";

const withoutColors = { NO_COLOR: "1", FORCE_COLOR: undefined };
const examples = fileURLToPath(new URL("../../../../examples", import.meta.url));

/** An example in a folder of its own, with its dependencies installed as in another repository. */
export interface InstalledExample {
  readonly folder: string;
  /** Runs a script of its manifest, and returns what the script prints. */
  runScript(script: string, env?: NodeJS.ProcessEnv): Promise<string>;
  remove(): Promise<void>;
}

/** Copies an example and installs its dependencies with npm: our packages from their tarballs, the others from the registry. */
export async function installExample(name: string): Promise<InstalledExample> {
  const source = join(examples, name);
  const folder = await realpath(await mkdtemp(join(tmpdir(), `${name}-`)));
  await cp(source, folder, {
    recursive: true,
    filter: (path) => !/^(node_modules|dist)\b/.test(relative(source, path)),
  });
  const packed = await packPackages(join(folder, "memory-api"));
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  await npmInstall(folder, await tarballsOf(Object.keys({ ...dependencies, ...devDependencies }), packed));
  return {
    folder,
    runScript: (script, env) =>
      run("npm", ["run", "--silent", script], { cwd: folder, env: { ...nodeOnPath(), ...withoutColors, ...env } }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Returns the tarballs of those packages that are ours, and of our packages that these depend on. */
async function tarballsOf(names: readonly string[], packed: ReadonlyMap<string, PackedPackage>): Promise<string[]> {
  const tarballs = new Set<string>();
  for (const queue = [...names]; queue.length > 0; ) {
    const filename = packed.get(queue.pop() ?? "")?.filename;
    if (filename === undefined || tarballs.has(filename)) continue;
    tarballs.add(filename);
    const { dependencies = {} } = JSON.parse(await run("tar", ["-xzOf", filename, "package/package.json"]));
    queue.push(...Object.keys(dependencies));
  }
  return [...tarballs];
}

/** The environment in which `node` is the Node.js of this repository. */
export function nodeOnPath(): NodeJS.ProcessEnv {
  return { PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) };
}

/**
 * Starts a program, and waits until it prints a URL.
 *
 * @returns the URL, and a function that stops the program
 * @throws {Error} if the program exits first
 */
export async function startProgram(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<{ url: string; stop(): Promise<void> }> {
  const env = { ...process.env, ...options.env };
  const child = spawn(program, args, { cwd: options.cwd, env, stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    return {
      url,
      async stop() {
        child.kill();
        await exit;
      },
    };
  }
  throw new Error(`${program} exited before it printed a URL, with code ${(await exit)[0]}.`);
}
