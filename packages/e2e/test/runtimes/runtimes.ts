import { createRequire } from "node:module";
import { oldestNodeVersion, oldestServerNodeVersion } from "../consumer/installed-consumer.ts";
import { nodePackage, nodeProgram } from "../consumer/npm-install.ts";
import { chromiumPage } from "./chromium-page.ts";
import { csvPath } from "./installed-suite.ts";
import { runProgram } from "./run-program.ts";
import type { Runtime } from "./runtime.ts";
import { workerd } from "./workerd.ts";

/** Those that are installed, by major version; 24 is the Node.js of this repository. */
const nodeVersions = { 20: `${oldestNodeVersion}.0`, 22: `${oldestServerNodeVersion}.0`, 26: "26.10.0" };

/** To be installed where the suite is. */
export const nodePackages: readonly string[] = Object.entries(nodeVersions).map(([major, version]) =>
  nodePackage(`node-${major}`, version),
);

/** By major version, each with where its program is once it is installed. */
export const nodes: readonly { readonly major: string; readonly program: (folder: string) => string }[] = [
  { major: "20", program: (folder) => nodeProgram(folder, "node-20") },
  { major: "22", program: (folder) => nodeProgram(folder, "node-22") },
  { major: "24", program: () => process.execPath },
  { major: "26", program: (folder) => nodeProgram(folder, "node-26") },
];

const require = createRequire(import.meta.url);
const bun = require.resolve("bun/bin/bun.exe");
const deno = require.resolve("deno/bin.cjs");
const denoOptions = ["run", "--quiet", "--no-prompt", "--no-lock", "--no-remote", "--node-modules-dir=manual"];

/** All that the client promises to run on. */
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
      // Nothing is allowed but what is asked for: calls, and the file to import.
      const allowed = ["--allow-net=127.0.0.1", `--allow-read=${csvPath(folder)}`];
      return runProgram(process.execPath, [deno, ...denoOptions, ...allowed], folder, settings);
    },
  },
  workerd,
  chromiumPage,
];
