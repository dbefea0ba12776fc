import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { delimiter, dirname } from "node:path";
import { pnpm } from "../pack/pack-packages.ts";

const require = createRequire(import.meta.url);
const changeset = require.resolve("@changesets/cli/bin.js");

/**
 * Runs the command `changeset`. It finds the pnpm that runs this process.
 *
 * @param root path of the repository
 * @param options `asks`: the command can ask for a second factor, if this process runs in a terminal
 * @throws {Error} with the output of the command, if it fails
 */
export async function runChangeset(
  root: string,
  args: readonly string[],
  { asks = false }: { asks?: boolean } = {},
): Promise<void> {
  const path = [dirname(pnpm()), process.env["PATH"]].filter((folder) => folder !== ".").join(delimiter);
  const env = { ...process.env, NO_COLOR: "1", PATH: path };
  if (asks && process.stdin.isTTY) {
    const child = spawn(process.execPath, [changeset, ...args], { cwd: root, env, stdio: "inherit" });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`changeset ${args.join(" ")} failed, see above.`);
    return;
  }
  // With CI, it does not animate its progress.
  const { failed, stdout, stderr } = await run(process.execPath, [changeset, ...args], root, { ...env, CI: "true" });
  if (failed) throw new Error(`changeset ${args.join(" ")} failed.\n${stdout}${stderr}`);
}

/**
 * Runs git in a folder, and returns what it prints.
 *
 * @throws {Error} with the output of git, if it fails
 */
export async function git(folder: string, args: readonly string[]): Promise<string> {
  const { failed, stdout, stderr } = await run("git", args, folder);
  if (failed) throw new Error(`git ${args.join(" ")} failed.\n${stdout}${stderr}`);
  return stdout.trimEnd();
}

/**
 * Returns the integrity of a package in the registry, or `undefined` if the registry does not have this version.
 *
 * @param root path of the repository, whose configuration names the registry
 * @throws {Error} with the output of pnpm, if the registry cannot be read
 */
export async function publishedIntegrity(
  root: string,
  { name, version }: { name: string; version: string },
): Promise<string | undefined> {
  const { failed, stdout, stderr } = await run(
    pnpm(),
    ["view", `${name}@${version}`, "dist.integrity", "--json"],
    root,
  );
  if (!failed) return JSON.parse(stdout);
  if (/ERR_PNPM_(FETCH_404|PACKAGE_NOT_FOUND)/.test(stdout)) return undefined;
  throw new Error(`The registry could not be read.\n${stdout}${stderr}`);
}

interface Exit {
  failed: boolean;
  stdout: string;
  stderr: string;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Exit> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env, maxBuffer: 16 * 2 ** 20 }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr: stderr || (error?.message ?? "") }),
    );
  });
}
