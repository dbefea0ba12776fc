import { copyFile, readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { bun, denoArguments } from "../runtimes/runtimes.ts";
import { launchChromium } from "../support/chromium.ts";
import { servePage } from "../support/local-server.ts";
import { run } from "../support/run.ts";
import { runWorker } from "../support/run-worker.ts";
import type { Command, EntryPoint, Loader, Mode } from "./matrix.ts";
import { runYarn } from "./projects.ts";

/** "loaded" or an error for each entry point, by name. */
export type LoadResults = Readonly<Record<string, string>>;

declare global {
  /** Defined in the page by {@link sourceOfAll}. */
  var loadAll: () => Promise<LoadResults>;
}

const program = "load-entry-points.mjs";

/**
 * Loads entry points in an installed project.
 *
 * @param node executable of a Node.js version
 */
export async function loadEntryPoints(
  folder: string,
  { project, runtime }: Loader,
  mode: Mode,
  entryPoints: readonly EntryPoint[],
  node: string,
): Promise<LoadResults> {
  if (runtime === "workerd") return loadInWorker(folder, entryPoints);
  if (runtime === "Chromium") return loadInPage(folder, entryPoints);
  await copyFile(fileURLToPath(new URL(`programs/${program}`, import.meta.url)), join(folder, program));
  const args = [program, mode, JSON.stringify(entryPoints)];
  const printed =
    runtime === "Bun"
      ? run(bun, args, { cwd: folder })
      : runtime === "Deno"
        ? run(process.execPath, [...denoArguments, "--allow-all", ...args], { cwd: folder })
        : project === "Yarn, PnP"
          ? runYarn(folder, ["node", ...args])
          : run(node, args, { cwd: folder });
  return JSON.parse(await printed);
}

/** Runs an installed command with `--help`, and returns what it prints. */
export function runCommand(folder: string, { project }: Loader, { name }: Command, node: string): Promise<string> {
  if (project.startsWith("Yarn")) return runYarn(folder, ["run", name, "--help"]);
  const PATH = [dirname(node), process.env["PATH"]].join(delimiter);
  return run(join(folder, "node_modules/.bin", name), ["--help"], { cwd: folder, env: { PATH } });
}

async function loadInWorker(folder: string, entryPoints: readonly EntryPoint[]): Promise<LoadResults> {
  const handler = "export default { fetch: async () => Response.json(await loadAll()) };";
  await bundle(folder, sourceOfAll(entryPoints) + handler, { outfile: "worker.js", conditions: ["workerd", "worker"] });
  return runWorker<LoadResults>(folder, "worker.js", "");
}

async function loadInPage(folder: string, entryPoints: readonly EntryPoint[]): Promise<LoadResults> {
  const source = `${sourceOfAll(entryPoints)}globalThis.loadAll = loadAll;`;
  await bundle(folder, source, { outfile: "page.js", platform: "browser" });
  const page = await readFile(join(folder, "page.js"), "utf8");
  const server = await servePage(page, (_, response) => response.writeHead(404).end());
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/`);
    return await page.evaluate(() => globalThis.loadAll());
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Returns the source of a function that loads each entry point, even if another one fails. */
function sourceOfAll(entryPoints: readonly EntryPoint[]): string {
  const imports = entryPoints.map(({ name, kind, specifier }) => {
    const attributes = kind === "json" ? ', { with: { type: "json" } }' : "";
    return `[${JSON.stringify(name)}, ${kind === "types"}, () => import(${JSON.stringify(specifier)}${attributes})],`;
  });
  return `const imports = [\n${imports.join("\n")}\n];
async function loadAll() {
  const results = {};
  for (const [name, isTypes, load] of imports) {
    try {
      results[name] = Object.keys(await load()).length > 0 || isTypes ? "loaded" : "has no exports";
    } catch (error) {
      results[name] = String(error);
    }
  }
  return results;
}
`;
}

/** @throws {Error} if esbuild reports a warning */
async function bundle(folder: string, contents: string, options: BuildOptions): Promise<void> {
  const stdin = { contents, resolveDir: folder };
  const fixed: BuildOptions = {
    absWorkingDir: folder,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
  };
  const { warnings } = await build({ ...fixed, ...options, stdin });
  if (warnings.length > 0) throw new Error(`esbuild reported warnings: ${JSON.stringify(warnings)}`);
}
