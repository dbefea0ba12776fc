import { cp } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { packPackages } from "./packed-packages.ts";
import { run } from "./run.ts";

/** The oldest Node.js that the packages promise to run on. */
export const oldestNodeVersion = "20.19";

/** The oldest that the server promises to run on: it needs `node:sqlite`. */
export const oldestServerNodeVersion = "22.16";

const example = fileURLToPath(new URL("../../../../examples/node-consumer", import.meta.url));
const misuse = fileURLToPath(new URL("misuse.ts", import.meta.url));

/**
 * Puts `examples/node-consumer` into a folder as it would stand in another repository: installed by npm, our packages from
 * their tarballs.
 *
 * @returns the paths of the oldest Node.js, and of the oldest for the server, as programs
 */
export async function installConsumer(folder: string): Promise<{ oldestNode: string; oldestServerNode: string }> {
  await cp(example, folder, { recursive: true, filter: isSource });
  await cp(misuse, join(folder, "src/misuse.ts"));

  // Not the package `node`: its install script would fetch this one, and no install script of anybody is run here.
  const node = `node-${process.platform}-${process.arch}`;
  const packages = await packPackages(join(folder, "tarballs"));
  const tarballs = [...packages.values()].map(({ filename }) => filename);
  const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  const nodes = [`${node}@${oldestNodeVersion}.0`, `node-for-server@npm:${node}@${oldestServerNodeVersion}.0`];
  await run("npm", ["install", ...options, ...tarballs, ...nodes], { cwd: folder });
  const program = (name: string) => join(folder, "node_modules", name, "bin/node");
  return { oldestNode: program(node), oldestServerNode: program("node-for-server") };
}

function isSource(path: string): boolean {
  return !/^(node_modules|dist)\b/.test(relative(example, path));
}
