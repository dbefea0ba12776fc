import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type PackedPackage, pnpm } from "../../../../scripts/pack/pack-packages.ts";
import { run } from "./run.ts";

/**
 * Installs what the manifest of a folder depends on, and more packages. pnpm does it, in the layout of npm, because it shares files
 * with the store of this repository and takes a tenth of the time. A soak does what a README tells its reader, with npm.
 *
 * @param packages specifiers, or paths of tarballs
 * @param packed our packages, which are installed wherever something depends on them
 */
export async function installPackages(
  folder: string,
  packages: readonly string[],
  packed: ReadonlyMap<string, PackedPackage> = new Map(),
): Promise<void> {
  const ours = [...packed.values()];
  if (process.env["SOAK"]) {
    const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    await run("npm", ["install", ...options, ...ours.map(({ filename }) => filename), ...packages], { cwd: folder });
    return;
  }
  const overrides = Object.fromEntries(ours.map(({ name, filename }) => [name, `file:${filename}`]));
  const settings = { packages: ["."], nodeLinker: "hoisted", overrides };
  await writeFile(join(folder, "pnpm-workspace.yaml"), JSON.stringify(settings));
  const command = packages.length > 0 ? ["add", ...packages] : ["install"];
  const options = ["--ignore-scripts", "--no-frozen-lockfile", "--prefer-offline"];
  await run(pnpm(), [...command, ...options], { cwd: folder });
}
