import { createRequire } from "node:module";
import { oldestNodeVersion, oldestServerNodeVersion } from "../consumer/install-consumer.ts";
import { nodeExecutable, nodePackage } from "../support/node-packages.ts";
import { chromiumPage } from "./chromium-page.ts";
import { csvPath } from "./install-suite.ts";
import { runProgram } from "./run-program.ts";
import type { Runtime } from "./runtime.ts";
import { compareVersions } from "./undici-versions.ts";
import { workerd } from "./workerd.ts";

/** A version of Node.js. */
export interface Node {
  /** The beginning of the version. */
  readonly version: string;
  /** Returns the path of the executable. */
  program(folder: string): string;
}

/** The oldest Node.js 22 that can read the proxy variables of the environment. */
export const oldestNodeWithProxies = "22.21";

/** Versions to install. Node.js 24 is not installed because this repository runs on it. */
const installedVersions = [oldestNodeVersion, oldestServerNodeVersion, oldestNodeWithProxies, "26.10"];

/** Packages that contain these versions, to install together with the suite. */
export const nodePackages: readonly string[] = installedVersions.map((version) =>
  nodePackage(`node-${version}`, `${version}.0`),
);

/** All tested versions of Node.js. */
export const nodes: readonly Node[] = [
  ...installedVersions.map((version) => ({
    version,
    program: (folder: string) => nodeExecutable(folder, `node-${version}`),
  })),
  { version: "24", program: () => process.execPath },
].sort((one, other) => compareVersions(one.version, other.version));

const require = createRequire(import.meta.url);
/** Path of the executable of Bun. */
export const bun = require.resolve("bun/bin/bun.exe");
/** Arguments with which Node.js starts a program in Deno. Permissions follow, then the program. */
export const denoArguments: readonly string[] = [
  require.resolve("deno/bin.cjs"),
  "run",
  "--quiet",
  "--no-prompt",
  "--no-lock",
  "--no-remote",
  "--node-modules-dir=manual",
];

/** All runtimes that the client supports. */
export const runtimes: readonly Runtime[] = [
  ...nodes.map(
    ({ version, program }): Runtime => ({
      name: `Node.js ${version}`,
      version: `Node.js ${version}.`,
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
      return runProgram(process.execPath, [...denoArguments, ...permissions], folder, settings);
    },
  },
  workerd,
  chromiumPage,
];
