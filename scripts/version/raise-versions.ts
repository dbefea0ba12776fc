import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { withInfoVersion } from "./info-version.ts";

const require = createRequire(import.meta.url);
const changeset = require.resolve("@changesets/cli/bin.js");

/**
 * Spends the pending changesets: raises the versions of the packages, writes their changelogs, and gives the contract the
 * version of its package.
 *
 * @param root folder of the repo
 * @returns the version of the contract
 * @throws {Error} with what `changeset version` said, if there is nothing to spend
 */
export async function raiseVersions(root: string): Promise<string> {
  await promisify(execFile)(process.execPath, [changeset, "version"], { cwd: root }).catch(({ stdout }) => {
    throw new Error(`No version was raised.\n${stdout}`);
  });
  const { version }: { version: string } = JSON.parse(await readFile(join(root, "spec/package.json"), "utf8"));
  const contract = join(root, "spec/openapi.yaml");
  await writeFile(contract, withInfoVersion(await readFile(contract, "utf8"), version));
  return version;
}
