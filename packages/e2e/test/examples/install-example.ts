import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { installPackages } from "../support/install-packages.ts";
import { packedPackages } from "../support/packed-packages.ts";
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

/** Copies an example and installs its dependencies: our packages from their tarballs, the others from the registry. */
export async function installExample(name: string): Promise<InstalledExample> {
  const source = join(examples, name);
  const folder = await realpath(await mkdtemp(join(tmpdir(), `${name}-`)));
  await cp(source, folder, {
    recursive: true,
    filter: (path) => !/^(node_modules|dist)\b/.test(relative(source, path)),
  });
  await installPackages(folder, [], await packedPackages());
  return {
    folder,
    runScript: (script, env) =>
      run("npm", ["run", "--silent", script], { cwd: folder, env: { ...nodeOnPath(), ...withoutColors, ...env } }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
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
