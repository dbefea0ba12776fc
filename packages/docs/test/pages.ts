import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Element } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";

/** The folder of the built site. */
export const site = fileURLToPath(new URL("../dist/", import.meta.url));

/** Paths of all pages on a server, such as `/docs/guides/paging/`. */
export const pagePaths: readonly string[] = (await Array.fromAsync(glob("**/index.html", { cwd: site })))
  .map((file) => `/docs/${file.replace(/index\.html$/, "")}`)
  .toSorted();

/** A path that leads to the 404 page. */
export const missingPath = "/docs/guides/identity-and-merges/";

/** A page of each kind. */
export const kinds = [
  { kind: "landing page", path: "/docs/" },
  { kind: "guide with a drawing in steps", path: "/docs/guides/identity-resolution/" },
  { kind: "guide with a diagram", path: "/docs/guides/csv-import/" },
  { kind: "operation with a body", path: "/docs/reference/operations/create-profile/" },
  { kind: "schema", path: "/docs/reference/schemas/create-profiles-import-v2-request/" },
  { kind: "error code", path: "/docs/reference/errors/20409/" },
  { kind: "settings", path: "/docs/server/settings/" },
  { kind: "metrics", path: "/docs/server/metrics/" },
  { kind: "figures", path: "/docs/figures/" },
];

/** The anchors and links of a page. */
export interface PageLinks {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
}

const parser = unified().use(rehypeParse);

/** Reads the anchors of a page, and everything that it links to or loads. */
export async function readLinks(path: string): Promise<PageLinks> {
  const ids = new Set<string>();
  const links: string[] = [];
  const file = path === missingPath ? "404.html" : `${path.replace("/docs/", "")}index.html`;
  const html = await readFile(join(site, file), "utf8");
  visit(parser.parse(html), "element", ({ properties }: Element) => {
    if (typeof properties["id"] === "string") ids.add(properties["id"]);
    for (const name of ["href", "src"]) if (typeof properties[name] === "string") links.push(properties[name]);
  });
  return { ids, links };
}
