import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Element, ElementContent, Root } from "hast";
import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import { EXIT, SKIP, visit } from "unist-util-visit";

/** A page as Markdown. */
interface Twin {
  /** Path of the page on the site, with its base path. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
}

/** A group of the navigation, with the paths of its pages. */
interface Group {
  readonly label: string;
  readonly paths: string[];
}

const parser = unified().use(rehypeParse);
const writer = unified().use(rehypeRemark).use(remarkGfm).use(remarkStringify, { bullet: "-", rule: "-" });

const SPACE: ElementContent = { type: "text", value: " " };

/** Parts of a page that only make sense in a browser. */
const INTERACTIVE = ["try-it", "svg", "nav", "button", "template", "script"];

/**
 * Writes a Markdown twin beside each page (`index.md` beside `index.html`), `llms.txt` with a list of them in the order of the
 * navigation, and `llms-full.txt` with all of them in one file.
 *
 * @param folder folder of the site
 * @param pages its HTML files, relative to the folder
 * @param site the base path and URL of the site
 */
export async function writeMarkdownTwins(
  folder: string,
  pages: readonly string[],
  { base, url }: { base: string; url: string },
): Promise<void> {
  const twins = new Map<string, Twin>();
  let groups: Group[] = [];
  for (const page of pages.filter((file) => file !== "404.html")) {
    const tree = parser.parse(await readFile(join(folder, page), "utf8"));
    const twin = await twinOf(tree, `${base}/${page.replace(/index\.html$/, "")}`, base);
    twins.set(twin.path, twin);
    if (groups.length === 0) groups = groupsOf(tree);
    await writeFile(join(folder, dirname(page), "index.md"), twin.markdown);
  }
  const { title, description, markdown } = required(twins.get(`${base}/`), "landing page");
  const heading = `# Memory API\n\n> ${title}. ${description}\n`;
  const links = (paths: readonly string[]) =>
    paths.map((path) => {
      const twin = required(twins.get(path), `page ${path}`);
      return `- [${twin.title}](${new URL(`${path}index.md`, url)}): ${twin.description}\n`;
    });
  await writeFile(
    join(folder, "llms.txt"),
    [heading, ...groups.map(({ label, paths }) => `\n## ${label}\n\n${links(paths).join("")}`)].join(""),
  );
  const ordered = groups.flatMap(({ paths }) =>
    paths.map((path) => required(twins.get(path), `page ${path}`).markdown),
  );
  await writeFile(join(folder, "llms-full.txt"), [markdown, ...ordered].join("\n---\n\n"));
}

async function twinOf(tree: Root, path: string, base: string): Promise<Twin> {
  const title = required(
    find(tree, (node) => node.properties["id"] === "_top"),
    `title on ${path}`,
  );
  const meta = find(tree, (node) => node.tagName === "meta" && node.properties["name"] === "description");
  const content = required(
    find(tree, (node) => hasClass(node, "sl-markdown-content")),
    `content on ${path}`,
  );
  const children = readable(content.children, base);
  const heading: Element = { type: "element", tagName: "h1", properties: {}, children: title.children };
  const body = await writer.run({ type: "root", children: [heading, ...children] } satisfies Root);
  return {
    path,
    title: textOf(title),
    description: String(meta?.properties["content"] ?? ""),
    markdown: writer.stringify(body),
  };
}

/** Without what only a browser can show, with everything unfolded, and with links to other twins. */
function readable(children: readonly ElementContent[], base: string): ElementContent[] {
  const copy: Root = { type: "root", children: structuredClone([...children]) };
  visit(copy, "element", (node, index, parent) => {
    if (index === undefined || parent === undefined) return;
    if (isInteractive(node)) {
      parent.children.splice(index, 1);
      return [SKIP, index];
    }
    delete node.properties["hidden"];
    // The tabs are gone, so each panel needs the label of its own.
    if (node.properties["role"] === "tabpanel") node.children.unshift(paragraph(String(node.properties["dataLabel"])));
    if (node.tagName === "dl") node.tagName = "ul";
    if (node.tagName === "div" && node.children.some((child) => isElement(child, "dt"))) node.tagName = "li";
    if (node.tagName === "dt") Object.assign(node, strong(`${textOf(node)}:`));
    if (node.tagName === "dd") Object.assign(node, { tagName: "span", children: [SPACE, ...node.children] });
    if (node.tagName === "summary") Object.assign(node, paragraph(textOf(node)));
    const { href } = node.properties;
    // A twin has no anchors.
    if (typeof href === "string" && href.startsWith("#")) node.tagName = "span";
    if (typeof href === "string" && href.startsWith(`${base}/`))
      node.properties["href"] = href.replace(/\/(?=#|$)/, "/index.md");
    return undefined;
  });
  return copy.children as ElementContent[];
}

function isInteractive(node: Element): boolean {
  return (
    INTERACTIVE.includes(node.tagName) || node.properties["role"] === "tablist" || hasClass(node, "sl-anchor-link")
  );
}

/** The groups of the navigation of a page, with their links. */
function groupsOf(tree: Root): Group[] {
  const groups: Group[] = [];
  const sidebar = find(tree, (node) => hasClass(node, "sidebar-content"));
  if (sidebar === undefined) return groups;
  visit(sidebar, "element", (node) => {
    if (node.tagName === "summary") groups.push({ label: textOf(node), paths: [] });
    const { href } = node.properties;
    if (node.tagName === "a" && typeof href === "string") groups.at(-1)?.paths.push(href);
  });
  return groups;
}

function find(tree: Root, test: (node: Element) => boolean): Element | undefined {
  let found: Element | undefined;
  visit(tree, "element", (node) => {
    if (!test(node)) return undefined;
    found = node;
    return EXIT;
  });
  return found;
}

function hasClass({ properties }: Element, name: string): boolean {
  return Array.isArray(properties["className"]) && properties["className"].includes(name);
}

function isElement(node: ElementContent, name: string): boolean {
  return node.type === "element" && node.tagName === name;
}

function strong(text: string): Element {
  return { type: "element", tagName: "strong", properties: {}, children: [{ type: "text", value: text }] };
}

function paragraph(text: string): Element {
  return { type: "element", tagName: "p", properties: {}, children: [strong(text)] };
}

function textOf(node: Element): string {
  let text = "";
  visit(node, "text", ({ value }) => {
    text += value;
  });
  return text.trim();
}

function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The build produced no ${what}.`);
  return value;
}
