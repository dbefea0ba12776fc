import { join } from "node:path";
import { run } from "../support/run.ts";

/**
 * Installs packages from the registry and from tarballs with npm. Install scripts do not run.
 *
 * @param packages specifiers, or paths of tarballs
 */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  await run("npm", ["install", ...options, ...packages], { cwd: folder });
}

/** Returns the specifier of a package that contains a Node.js. The package `node` would need its install script to download it. */
export function nodePackage(name: string, version: string): string {
  return `${name}@npm:node-${process.platform}-${process.arch}@${version}`;
}

/** Returns the path of the executable in an installed {@link nodePackage}. */
export function nodeExecutable(folder: string, name: string): string {
  return join(folder, "node_modules", name, "bin/node");
}
