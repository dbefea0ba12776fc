import { createRequire } from "node:module";
import { oldestNodeVersion, oldestServerNodeVersion } from "../consumer/install-consumer.ts";
import { nodeExecutable, nodePackage } from "../consumer/npm-install.ts";
import { chromiumPage } from "./chromium-page.ts";
import { csvPath } from "./install-suite.ts";
import { runProgram } from "./run-program.ts";
import type { Runtime } from "./runtime.ts";
import { workerd } from "./workerd.ts";

/** Versions to install, by major version. Node.js 24 is not installed because this repository runs on it. */
const nodeVersions = { 20: `${oldestNodeVersion}.0`, 22: `${oldestServerNodeVersion}.0`, 26: "26.10.0" };

/** Packages that contain these versions, to install together with the suite. */
export const nodePackages: readonly string[] = Object.entries(nodeVersions).map(([major, version]) =>
  nodePackage(`node-${major}`, version),
);

/** All tested versions of Node.js. `program` returns the path of the executable. */
export const nodes: readonly { readonly major: string; readonly program: (folder: string) => string }[] = [
  { major: "20", program: (folder) => nodeExecutable(folder, "node-20") },
  { major: "22", program: (folder) => nodeExecutable(folder, "node-22") },
  { major: "24", program: () => process.execPath },
  { major: "26", program: (folder) => nodeExecutable(folder, "node-26") },
];

const require = createRequire(import.meta.url);
const bun = require.resolve("bun/bin/bun.exe");
const deno = require.resolve("deno/bin.cjs");
const denoOptions = ["run", "--quiet", "--no-prompt", "--no-lock", "--no-remote", "--node-modules-dir=manual"];

/** All runtimes that the client supports. */
export const runtimes: readonly Runtime[] = [
  ...nodes.map(
    ({ major, program }): Runtime => ({
      name: `Node.js ${major}`,
      version: `Node.js ${major}.`,
      run: (folder, settings) => runProgram(program(folder), [], folder, settings),
    }),
  ),
  {
    name: "Bun",
    version: "Bun 1.",
    run: (folder, settings) => runProgram(bun, [], folder, settings),
  },
  {
    name: "Deno",
    version: "Deno 2.",
    run(folder, settings) {
      // The client needs only these permissions: to send requests, and to read the file to import.
      const permissions = ["--allow-net=127.0.0.1", `--allow-read=${csvPath(folder)}`];
      return runProgram(process.execPath, [deno, ...denoOptions, ...permissions], folder, settings);
    },
  },
  workerd,
  chromiumPage,
];
