// Builds the documentation site, a folder of static files: `dist`.
import { cp, glob } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "astro";
import { checkSamples } from "../src/contract/samples.ts";
import { buildRedoc } from "./redoc/build-redoc.ts";
import { writeSecurityHeaders } from "./security-headers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = `${root}dist`;

await checkSamples();
await build({ root, logLevel: "warn" });
const pages = await Array.fromAsync(glob("**/*.html", { cwd: site }));
await writeSecurityHeaders(site, pages.toSorted());

// After the policy, which is that of the site: the single file has its own in a meta element.
await buildRedoc(`${site}/downloads/reference.html`);
for (const file of ["openapi.yaml", "openapi.json"]) {
  await cp(fileURLToPath(import.meta.resolve(`@memory-api/spec/${file}`)), `${site}/downloads/${file}`);
}
console.log(`${pages.length} pages: ${site}/index.html`);
