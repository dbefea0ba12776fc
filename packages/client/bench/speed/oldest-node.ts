import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The oldest that the client promises to run on. */
const VERSION = "20.19.0";

/** Installs it into a folder. Not the package `node`: its install script would fetch another one. */
export function oldestNode(folder: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const options = ["--prefix", "oldest-node", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  execFileSync("npm", ["install", ...options, `${name}@${VERSION}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return join(folder, "oldest-node/node_modules", name, "bin/node");
}
