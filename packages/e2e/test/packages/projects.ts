import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { type PackedPackage, pnpm } from "../../../../scripts/pack/pack-packages.ts";
import { run } from "../support/run.ts";
import type { ProjectName } from "./matrix.ts";

const require = createRequire(import.meta.url);
const yarn = require.resolve("@yarnpkg/cli-dist/bin/yarn.js");

/** Returns the version of a dependency of a package in this repository. */
function versionIn(name: string, dependency: string): string {
  const manifest = require.resolve(`@memory-api/${name}/package.json`);
  return require(join(manifest, "../node_modules", dependency, "package.json")).version;
}

/** What is installed together with our packages. */
const fastCheck = { "fast-check": versionIn("conformance", "fast-check") };
const nodeTypes = { "@types/node": require("@types/node/package.json").version };
const webPeers = {
  "@opentelemetry/api": versionIn("client", "@opentelemetry/api"),
  "openapi-fetch": versionIn("client", "openapi-fetch"),
};
const optionalPeers = {
  ...webPeers,
  undici: versionIn("client", "undici"),
  vitest: versionIn("conformance", "vitest"),
  // A peer dependency of Vitest, which Yarn does not install by itself.
  vite: createRequire(require.resolve("vitest/package.json"))("vite/package.json").version,
};
/** Yarn's PnP needs the compiler in the project, because Yarn patches it. */
const compiler = { typescript: require("typescript-5/package.json").version };
const forBrowsers = ["client", "json-schema-arbitrary", "spec", "types"].map((name) => `@memory-api/${name}`);

/** Creates a folder, and installs the packages there with a package manager from their tarballs. Install scripts do not run. */
export async function installProject(
  name: ProjectName,
  folder: string,
  packed: ReadonlyMap<string, PackedPackage>,
): Promise<void> {
  const ours = [...packed.values()].filter((each) => name !== "npm, for a browser" || forBrowsers.includes(each.name));
  const tarballs = Object.fromEntries(ours.map((each) => [each.name, `file:${each.filename}`]));
  const all = { ...tarballs, ...fastCheck, ...nodeTypes, ...optionalPeers };
  await mkdir(folder, { recursive: true });

  switch (name) {
    case "npm":
      return installWithNpm(folder, all);
    case "npm, no optional peers":
      return installWithNpm(folder, { ...tarballs, ...fastCheck, ...nodeTypes });
    case "npm, for a browser":
      return installWithNpm(folder, { ...tarballs, ...fastCheck, ...webPeers });
    case "pnpm":
      return installWithPnpm(folder, all, tarballs);
    case "Yarn, node_modules":
      return installWithYarn(folder, all, tarballs, "node-modules");
    case "Yarn, PnP":
      return installWithYarn(folder, { ...all, ...compiler }, tarballs, "pnp");
  }
}

type Specifiers = Readonly<Record<string, string>>;

async function installWithNpm(folder: string, dependencies: Specifiers): Promise<void> {
  await writeManifest(folder, { dependencies });
  const options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  await run("npm", ["install", ...options], { cwd: folder });
}

/** @param overrides packages that are not in the registry yet */
async function installWithPnpm(folder: string, dependencies: Specifiers, overrides: Specifiers): Promise<void> {
  await writeManifest(folder, { dependencies });
  await writeFile(join(folder, "pnpm-workspace.yaml"), JSON.stringify({ packages: ["."], overrides }));
  await run(pnpm(), ["install", "--ignore-scripts", "--no-frozen-lockfile", "--prefer-offline"], { cwd: folder });
}

async function installWithYarn(
  folder: string,
  dependencies: Specifiers,
  resolutions: Specifiers,
  nodeLinker: "node-modules" | "pnp",
): Promise<void> {
  await writeManifest(folder, { dependencies, resolutions });
  // Marks the folder as a project of its own.
  await writeFile(join(folder, "yarn.lock"), "");
  await writeFile(join(folder, ".yarnrc.yml"), JSON.stringify({ nodeLinker, ...(await yarnSettings()) }));
  await runYarn(folder, ["install"]);
}

/** Runs Yarn in a project. */
export function runYarn(folder: string, args: readonly string[]): Promise<string> {
  const PATH = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  return run(process.execPath, [yarn, ...args], { cwd: folder, env: { PATH } });
}

/** Yarn does not read the settings of npm, which may name another registry. */
async function yarnSettings(): Promise<object> {
  const npmSetting = async (name: string) => (await run("npm", ["config", "get", name])).trim();
  const [registry, certificates] = await Promise.all(["registry", "cafile"].map(npmSetting));
  return {
    npmRegistryServer: registry,
    ...(certificates !== "null" && { httpsCaFilePath: certificates }),
    enableScripts: false,
    enableTelemetry: false,
    enableImmutableInstalls: false,
  };
}

function writeManifest(folder: string, manifest: object): Promise<void> {
  return writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", ...manifest }));
}
