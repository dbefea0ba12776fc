// Builds the documentation site, a folder of static files: `dist`, or the path in `DOCS_OUT`.
import { cp, glob, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "astro";
import { checkSamples } from "../src/contract/samples.ts";
import { base, siteUrl } from "../src/contract/site.ts";
import { writeMarkdownTwins } from "./markdown-twins.ts";
import { postmanCollection } from "./postman-collection.ts";
import { buildRedoc } from "./redoc/build-redoc.ts";
import { writeSecurityHeaders } from "./security-headers.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const site = process.env["DOCS_OUT"] ?? `${root}dist`;

await checkSamples();
// The cache of content does not notice changes of included code and drawings.
await build({ root, outDir: site, logLevel: "warn", force: true });
const pages = await Array.fromAsync(glob("**/*.html", { cwd: site }));
await writeSecurityHeaders(site, pages.toSorted());
await writeMarkdownTwins(site, pages.toSorted(), { base, url: siteUrl });

// After the policy, which is that of the site: the single file has its own in a meta element.
await buildRedoc(`${site}/downloads/reference.html`);
const bundle = fileURLToPath(new URL(".", import.meta.resolve("@memory-api/spec/openapi.yaml")));
for (const name of ["openapi.yaml", "openapi.json", "schemas"]) {
  await cp(bundle + name, `${site}/downloads/${name}`, { recursive: true });
}
await writeFile(
  `${site}/downloads/memory-api.postman_collection.json`,
  `${JSON.stringify(await postmanCollection(), null, 2)}\n`,
);
console.log(`${pages.length} pages: ${site}/index.html`);
