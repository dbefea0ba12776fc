import { join } from "node:path";
import { run } from "./run.ts";

/**
 * Installs packages from the registry and from tarballs, by npm as any consumer would. No install script of anybody is run.
 *
 * @param packages specifiers, or paths of tarballs
 */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  await run("npm", ["install", ...options, ...packages], { cwd: folder });
}

/** A Node.js as a package. Not the package `node`: its install script would fetch this one. */
export function nodePackage(name: string, version: string): string {
  return `${name}@npm:node-${process.platform}-${process.arch}@${version}`;
}

/** The program that a {@link nodePackage} has. */
export function nodeProgram(folder: string, name: string): string {
  return join(folder, "node_modules", name, "bin/node");
}
