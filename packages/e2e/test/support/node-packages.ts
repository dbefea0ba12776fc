import { join } from "node:path";

/** Returns the specifier of a package that contains a Node.js. The package `node` would need its install script to download it. */
export function nodePackage(name: string, version: string): string {
  return `${name}@npm:node-${process.platform}-${process.arch}@${version}`;
}

/** Returns the path of the executable in an installed {@link nodePackage}. */
export function nodeExecutable(folder: string, name: string): string {
  return join(folder, "node_modules", name, "bin/node");
}
