import { fileURLToPath } from "node:url";
import type { Element, Root } from "hast";
import { visit } from "unist-util-visit";
import { guidePage, isGuide } from "../contract/guides.ts";
import { sourceUrl } from "../contract/site.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const pagesOfSite = fileURLToPath(new URL("../", import.meta.url));

/**
 * Adapts a page of the repository to the site: removes its title, which the page of the site has already, and directs its
 * relative links to the site or, for files that the site does not contain, to the repository. The figures of a package are a section
 * of a page, so their headings move one level down.
 */
export function repositoryLinks() {
  return (tree: Root, { path = "" }: { path?: string }) => {
    if (!path.startsWith(repository) || path.startsWith(pagesOfSite)) return;
    const folder = path.slice(repository.length, path.lastIndexOf("/") + 1);
    const title = tree.children.findIndex((node) => node.type === "element" && node.tagName === "h1");
    if (title >= 0) tree.children.splice(title, 1);
    visit(tree, "element", (node: Element) => {
      const [, level = ""] = /^h([2-5])$/.exec(node.tagName) ?? [];
      if (level && path.endsWith("/BENCH.md")) node.tagName = `h${Number(level) + 1}`;
      const { href } = node.properties;
      if (node.tagName === "a" && typeof href === "string") node.properties["href"] = siteLink(href, folder);
    });
  };
}

function siteLink(href: string, folder: string): string {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href;
  const { pathname, hash } = new URL(href, `file:///${folder}`);
  const [, name = ""] = /^\/docs\/([\w-]+)\.md$/.exec(pathname) ?? [];
  return isGuide(name) ? guidePage(name) + hash : sourceUrl(pathname.slice(1)) + hash;
}
