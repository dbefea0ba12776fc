import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { packPackages } from "../../../../scripts/pack/pack-packages.ts";
import { nodePackage, nodeProgram, npmInstall } from "./npm-install.ts";

/** The oldest Node.js that the packages promise to run on. */
export const oldestNodeVersion = "20.19";

/** The oldest that the server promises to run on: it needs `node:sqlite`. */
export const oldestServerNodeVersion = "22.16";

const example = fileURLToPath(new URL("../../../../examples/node-consumer", import.meta.url));
/** Files that are compiled in the consumer, beside its own. */
const added = ["misuse.ts", "openapi-fetch-calls.ts"];

/**
 * Puts `examples/node-consumer` into a folder as it would stand in another repository: installed by npm, our packages from
 * their tarballs.
 *
 * @returns the paths of the oldest Node.js, and of the oldest for the server, as programs
 */
export async function installConsumer(folder: string): Promise<{ oldestNode: string; oldestServerNode: string }> {
  await cp(example, folder, { recursive: true, filter: isSource });
  for (const name of added) await cp(fileURLToPath(new URL(name, import.meta.url)), join(folder, "src", name));

  const packages = await packPackages(join(folder, "tarballs"));
  const tarballs = [...packages.values()].map(({ filename }) => filename);
  const nodes = [
    nodePackage("oldest-node", `${oldestNodeVersion}.0`),
    nodePackage("oldest-server-node", `${oldestServerNodeVersion}.0`),
  ];
  await npmInstall(folder, [...tarballs, ...nodes, `openapi-fetch@${versionOf("openapi-fetch")}`]);
  return {
    oldestNode: nodeProgram(folder, "oldest-node"),
    oldestServerNode: nodeProgram(folder, "oldest-server-node"),
  };
}

/** The version that this repository pins. */
function versionOf(name: string): string {
  return createRequire(import.meta.url)(`${name}/package.json`).version;
}

function isSource(path: string): boolean {
  return !/^(node_modules|dist)\b/.test(relative(example, path));
}
