import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { withInfoVersion } from "./info-version.ts";

const require = createRequire(import.meta.url);
const changeset = require.resolve("@changesets/cli/bin.js");

/**
 * Applies the pending changesets: bumps the versions of the packages, writes their changelogs, and sets `info.version` of
 * the contract, and `contractVersion` of the packages that are built from it, to the version of its package.
 *
 * @param root path of the repository
 * @returns the version of the contract
 * @throws {Error} with the output of `changeset version`, if there are no pending changesets
 */
export async function bumpVersions(root: string): Promise<string> {
  await promisify(execFile)(process.execPath, [changeset, "version"], { cwd: root }).catch(({ stdout }) => {
    throw new Error(`No version was bumped.\n${stdout}`);
  });
  const { version }: { version: string } = JSON.parse(await readFile(join(root, "spec/package.json"), "utf8"));
  const contract = join(root, "spec/openapi.yaml");
  await writeFile(contract, withInfoVersion(await readFile(contract, "utf8"), version));
  await recordContractVersion(root, version);
  return version;
}

/** Sets `contractVersion` in each package that has it: the version of the contract that the package is built from. */
async function recordContractVersion(root: string, version: string): Promise<void> {
  for (const folder of await readdir(join(root, "packages"))) {
    const file = join(root, "packages", folder, "package.json");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace(/^( {2}"contractVersion": )"[^"]*"/m, `$1"${version}"`));
  }
}
