import { glob, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runChangeset } from "../release/run-tools.ts";
import { withInfoVersion } from "./info-version.ts";

/** Files that record the version of the contract. */
const RECORDS = ["packages/*/package.json", "examples/*/memory-usage.json", "packages/e2e/test/**/memory-usage.json"];

/**
 * Applies the pending changesets: bumps the versions of the packages and writes their changelogs. Sets the version of the contract
 * to the version of its package in `info.version`, in the packages that are built from it, and in the usage manifests. Sets the
 * versions of our packages that the examples depend on.
 *
 * @param root path of the repository
 * @returns the version of the contract
 * @throws {Error} with the output of `changeset version`, if there are no pending changesets
 */
export async function bumpVersions(root: string): Promise<string> {
  await runChangeset(root, ["version"]);
  const versions = await packageVersions(root);
  const version = versions.get("@memory-api/spec") ?? "";
  await edit(join(root, "spec/openapi.yaml"), (text) => withInfoVersion(text, version));
  for await (const file of glob(RECORDS, { cwd: root }))
    await edit(join(root, file), (text) => text.replace(/^( {2}"contractVersion": )"[^"]*"/m, `$1"${version}"`));
  for await (const file of glob("examples/*/package.json", { cwd: root }))
    await edit(join(root, file), (text) =>
      text.replace(
        /("(@memory-api\/[\w-]+)": "\^)([^"]*)/g,
        (_, before: string, name: string, version: string) => before + (versions.get(name) ?? version),
      ),
    );
  return version;
}

/** Returns the version of each package by its name. */
async function packageVersions(root: string): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  for await (const file of glob(["spec/package.json", "packages/*/package.json"], { cwd: root })) {
    const { name, version }: { name: string; version: string } = JSON.parse(await readFile(join(root, file), "utf8"));
    versions.set(name, version);
  }
  return versions;
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  await writeFile(file, change(await readFile(file, "utf8")));
}
