import { cp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages } from "../support/install-packages.ts";
import { nodeExecutable, nodePackage } from "../support/node-packages.ts";
import { packedPackages } from "../support/packed-packages.ts";

/** The oldest Node.js that the packages support. */
export const oldestNodeVersion = "20.19";

/** The oldest Node.js that the server supports, because it needs `node:sqlite`. */
export const oldestServerNodeVersion = "22.16";

const example = fileURLToPath(new URL("../../../../examples/node-consumer", import.meta.url));
/** Files of this folder that are compiled together with the consumer. */
const addedFiles = ["misuse.ts", "openapi-fetch-calls.ts"];

/**
 * Copies `examples/node-consumer` into a folder and installs its dependencies, as in another repository. Our packages are
 * installed from their tarballs.
 *
 * @returns paths of the executables of the oldest supported Node.js versions
 */
export async function installConsumer(folder: string): Promise<{ oldestNode: string; oldestServerNode: string }> {
  await cp(example, folder, { recursive: true, filter: isSource });
  for (const name of addedFiles) await cp(fileURLToPath(new URL(name, import.meta.url)), join(folder, "src", name));

  const packed = await packedPackages();
  const tarballs = [...packed.values()].map(({ filename }) => filename);
  const nodes = [
    nodePackage("oldest-node", `${oldestNodeVersion}.0`),
    nodePackage("oldest-server-node", `${oldestServerNodeVersion}.0`),
  ];
  await installPackages(folder, [...tarballs, ...nodes, `openapi-fetch@${versionOf("openapi-fetch")}`], packed);
  // Scripts of npm would run on the Node.js of one of these packages.
  await rm(join(folder, "node_modules/.bin/node"), { force: true });
  return {
    oldestNode: nodeExecutable(folder, "oldest-node"),
    oldestServerNode: nodeExecutable(folder, "oldest-server-node"),
  };
}

/** Returns the version of a package in this repository. */
function versionOf(name: string): string {
  return createRequire(import.meta.url)(`${name}/package.json`).version;
}

function isSource(path: string): boolean {
  return !/^(node_modules|dist)\b/.test(relative(example, path));
}
