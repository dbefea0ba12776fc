import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { installPackages } from "../support/install-packages.ts";
import { packedPackages } from "../support/packed-packages.ts";
import { csvFile } from "./suite/csv-file.ts";

const commonJs = ["require-client.cjs", "report-transports.cjs"];
const entries = [
  fileURLToPath(new URL("entries/console.ts", import.meta.url)),
  fileURLToPath(new URL("entries/report-dispatchers.ts", import.meta.url)),
  fileURLToPath(new URL("entries/report-routes.ts", import.meta.url)),
  fileURLToPath(new URL("entries/worker.ts", import.meta.url)),
  fileURLToPath(new URL("entries/page.ts", import.meta.url)),
];

/** Returns the path of the CSV file that the suite imports. */
export function csvPath(folder: string): string {
  return join(folder, "contacts.csv");
}

/**
 * Compiles the suite into a folder, and installs the client there from its tarball.
 *
 * - `console.js`, `report-dispatchers.js` and `report-routes.js` import the installed client.
 * - `bundled/worker.js` and `bundled/page.js` contain the client.
 * - `require-client.cjs` and `report-transports.cjs` require the installed client.
 *
 * @param additionalPackages specifiers of more packages to install
 */
export async function installSuite(folder: string, additionalPackages: readonly string[]): Promise<void> {
  const packed = await packedPackages();
  const tarballs = ["@memory-api/client", "@memory-api/types"].map((name) => {
    const filename = packed.get(name)?.filename;
    if (filename === undefined) throw new Error(`${name} was not packed.`);
    return filename;
  });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await installPackages(folder, [...tarballs, ...additionalPackages], packed);

  await writeFile(csvPath(folder), csvFile("path").lines.join(""));
  for (const name of commonJs) await cp(fileURLToPath(new URL(`entries/${name}`, import.meta.url)), join(folder, name));
  await compile({ entryPoints: entries, outdir: folder, packages: "external" });
  const bundled = { absWorkingDir: folder, outdir: join(folder, "bundled") };
  await compile({ ...bundled, entryPoints: ["worker.js"], conditions: ["workerd", "worker"] });
  await compile({ ...bundled, entryPoints: ["page.js"], platform: "browser" });
}

/** @throws {Error} if esbuild reports a warning */
async function compile(options: BuildOptions): Promise<void> {
  const { warnings } = await build({ bundle: true, format: "esm", target: "es2022", logLevel: "silent", ...options });
  if (warnings.length > 0) throw new Error(`esbuild reported warnings: ${JSON.stringify(warnings)}`);
}
