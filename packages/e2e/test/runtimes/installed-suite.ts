import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { packPackages } from "../../../../scripts/pack/pack-packages.ts";
import { npmInstall } from "../consumer/npm-install.ts";
import { csvFile } from "./suite/csv-file.ts";

const commonJs = ["require-client.cjs", "told-transports.cjs"];
const entries = [
  fileURLToPath(new URL("entries/console.ts", import.meta.url)),
  fileURLToPath(new URL("entries/worker.ts", import.meta.url)),
  fileURLToPath(new URL("entries/page.ts", import.meta.url)),
];

/** A file to import. */
export function csvPath(folder: string): string {
  return join(folder, "contacts.csv");
}

/**
 * Puts the suite into a folder, with the client beside it as npm installs it from its tarball.
 *
 * - `console.js` imports the client, on whatever has packages
 * - `bundled/worker.js` and `bundled/page.js` have it in themselves
 * - `require-client.cjs` and `told-transports.cjs` require it
 *
 * @param others more packages to install
 */
export async function installSuite(folder: string, others: readonly string[]): Promise<void> {
  const packed = await packPackages(join(folder, "tarballs"));
  const tarballs = ["@memory-api/client", "@memory-api/types"].map((name) => {
    const filename = packed.get(name)?.filename;
    if (filename === undefined) throw new Error(`${name} was not packed.`);
    return filename;
  });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await npmInstall(folder, [...tarballs, ...others]);

  await writeFile(csvPath(folder), csvFile("path").lines.join(""));
  for (const name of commonJs) await cp(fileURLToPath(new URL(`entries/${name}`, import.meta.url)), join(folder, name));
  await compile({ entryPoints: entries, outdir: folder, packages: "external" });
  const bundled = { absWorkingDir: folder, outdir: join(folder, "bundled") };
  await compile({ ...bundled, entryPoints: ["worker.js"], conditions: ["workerd", "worker"] });
  await compile({ ...bundled, entryPoints: ["page.js"], platform: "browser" });
}

/** @throws {Error} if there is a warning */
async function compile(options: BuildOptions): Promise<void> {
  const { warnings } = await build({ bundle: true, format: "esm", target: "es2022", logLevel: "silent", ...options });
  if (warnings.length > 0) throw new Error(`esbuild warns: ${JSON.stringify(warnings)}`);
}
