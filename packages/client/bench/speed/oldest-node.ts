import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The oldest version that the client supports. */
const VERSION = "20.19.0";

/** Installs the oldest supported Node.js into a folder. The package `node` is not used, because it downloads the program in an install script. */
export function oldestNode(folder: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const options = ["--prefix", "oldest-node", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  execFileSync("npm", ["install", ...options, `${name}@${VERSION}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return join(folder, "oldest-node/node_modules", name, "bin/node");
}
