import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles the page of the sandbox: an HTML file, a style sheet and a script. */
export async function buildPage(folder: string): Promise<void> {
  const source = (file: string) => fileURLToPath(new URL(`../page/${file}`, import.meta.url));
  await build({
    entryPoints: [source("page.ts"), source("page.css"), source("index.html")],
    loader: { ".html": "copy" },
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2023",
    logLevel: "error",
  });
}
