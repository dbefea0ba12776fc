import { cp } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { nodePackage, nodeProgram, npmInstall } from "./npm-install.ts";
import { packPackages } from "./packed-packages.ts";

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

  const packages = await packPackages(join(folder, "tarballs"));
  const tarballs = [...packages.values()].map(({ filename }) => filename);
  const nodes = [
    nodePackage("oldest-node", `${oldestNodeVersion}.0`),
    nodePackage("oldest-server-node", `${oldestServerNodeVersion}.0`),
  ];
  await npmInstall(folder, [...tarballs, ...nodes]);
  return {
    oldestNode: nodeProgram(folder, "oldest-node"),
    oldestServerNode: nodeProgram(folder, "oldest-server-node"),
  };
}

function isSource(path: string): boolean {
  return !/^(node_modules|dist)\b/.test(relative(example, path));
}
