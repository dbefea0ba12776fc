import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pendingBumps } from "../diff/changesets/pending-bumps.ts";
import { highest, type NeededBump } from "../diff/report/diff-report.ts";

/**
 * Returns the version bump between a released version and the next release of the packages of the contract. It includes the
 * pending changesets, and the versions that `pnpm run version` has already bumped.
 */
export async function releaseBump(root: string, released: string): Promise<NeededBump> {
  const pending = await pendingBumps(root);
  const versions = await Promise.all(pending.map(({ package: name }) => versionOf(root, name)));
  return highest([...pending.map(({ bump }) => bump), ...versions.map((version) => bumpBetween(released, version))]);
}

async function versionOf(root: string, name: string): Promise<string> {
  const folder = name === "@memory-api/spec" ? "spec" : join("packages", name.replace(/^.*\//, ""));
  const { version }: { version: string } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
  return version;
}

/** `none` if the second version is not the higher one. */
export function bumpBetween(before: string, after: string): NeededBump {
  const [old, next] = [before, after].map((version) => version.split("-")[0]?.split(".").map(Number) ?? []);
  const at = next?.findIndex((number, index) => number !== old?.[index]) ?? -1;
  const isHigher = (next?.[at] ?? 0) > (old?.[at] ?? 0);
  return isHigher ? ((["major", "minor", "patch"] as const)[at] ?? "none") : "none";
}
