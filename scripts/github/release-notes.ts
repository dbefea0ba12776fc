// Prints the notes of a GitHub release: what the changelogs say about the packages in the folder that `release:pack` wrote.
//
//   node scripts/github/release-notes.ts <folder>

import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [folder = "release", root = join(import.meta.dirname, "../..")] = process.argv.slice(2);

const { plan }: { plan: { name: string; version: string }[][] } = JSON.parse(
  await readFile(join(folder, "publish-plan.json"), "utf8"),
);
const folders = new Map<string, string>();
for (const manifest of globSync("{spec,packages/*}/package.json", { cwd: root })) {
  const { name }: { name: string } = JSON.parse(await readFile(join(root, manifest), "utf8"));
  folders.set(name, join(root, manifest, ".."));
}
for (const { name, version } of plan.flat()) {
  const changelog = await readFile(join(folders.get(name) ?? root, "CHANGELOG.md"), "utf8");
  console.log(`## ${name} ${version}\n\n${sectionOf(changelog, version)}\n`);
}

/** Returns what a changelog says about a version, with its headings one level lower. */
function sectionOf(changelog: string, version: string): string {
  const [, ...sections] = changelog.split(/^## /m);
  const section = sections.find((each) => each.startsWith(`${version}\n`));
  if (section === undefined)
    throw new Error(`The changelog has no version ${version}. Run: npx -y pnpm@12 run version`);
  return section.slice(version.length).trim().replaceAll(/^#/gm, "##");
}
