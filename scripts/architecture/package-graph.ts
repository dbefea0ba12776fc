import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

const SCOPE = "@memory-api/";

/** One package uses another. */
export interface Edge {
  /** Names without the scope. */
  from: string;
  to: string;
  /** Whether only the tests and benchmarks of `to` use `from`. */
  isForTests: boolean;
}

/** Returns which packages of the workspace use which, by their package.json, and by the imports of their generators and builds. */
export async function packageGraph(root: string): Promise<Edge[]> {
  const edges: Edge[] = [];
  for (const folder of await packageFolders(root)) {
    const manifest = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
    const published = namesOf({ ...manifest.dependencies, ...manifest.peerDependencies });
    const generating = await namesImportedBy(root, folder, ["generator", "build"]);
    const to = String(manifest.name).slice(SCOPE.length);
    for (const from of namesOf({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.devDependencies }))
      edges.push({ from, to, isForTests: !published.includes(from) && !generating.has(from) });
  }
  return edges;
}

/**
 * Returns the edges that a picture needs: without those that other edges imply. An edge that is not only for tests is only implied by
 * such edges.
 */
export function essentialEdges(edges: readonly Edge[]): Edge[] {
  return edges.filter((edge) => {
    const others = edges.filter((other) => other !== edge && (edge.isForTests || !other.isForTests));
    return !isReachable(edge.from, edge.to, others);
  });
}

/** Returns the edges as a Mermaid flowchart, with dotted arrows for those that are only for tests. */
export function picture(edges: readonly Edge[]): string {
  const arrows = edges.map(({ from, to, isForTests }) => `  ${from} ${isForTests ? "-.->" : "-->"} ${to}`);
  return ["```mermaid", "flowchart LR", ...arrows.toSorted(), "```"].join("\n");
}

/**
 * Returns a page with another first picture.
 *
 * @throws {Error} if the page contains no picture
 */
export function withPicture(page: string, replacement: string): string {
  const [old] = /^```mermaid\n[\s\S]*?^```$/m.exec(page) ?? [];
  if (old === undefined) throw new Error("The page contains no block ```mermaid.");
  return page.replace(old, () => replacement);
}

function isReachable(from: string, to: string, edges: readonly Edge[]): boolean {
  return edges.some((edge) => edge.from === from && (edge.to === to || isReachable(edge.to, to, edges)));
}

async function packageFolders(root: string): Promise<string[]> {
  const { packages }: { packages: string[] } = parse(await readFile(join(root, "pnpm-workspace.yaml"), "utf8"));
  const folders: string[] = [];
  for (const pattern of packages) {
    const parent = pattern.replace(/\/\*$/, "");
    if (parent === pattern) folders.push(pattern);
    else folders.push(...(await readdir(join(root, parent))).map((name) => `${parent}/${name}`));
  }
  return folders.toSorted();
}

async function namesImportedBy(root: string, folder: string, parts: readonly string[]): Promise<Set<string>> {
  const names = new Set<string>();
  for (const part of parts) {
    const files = await readdir(join(root, folder, part), { recursive: true }).catch(() => []);
    for (const file of files.filter((name) => name.endsWith(".ts"))) {
      const source = await readFile(join(root, folder, part, file), "utf8");
      for (const [, name = ""] of source.matchAll(/["']@memory-api\/([\w-]+)/g)) names.add(name);
    }
  }
  return names;
}

function namesOf(dependencies: Record<string, string>): string[] {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith(SCOPE))
    .map((name) => name.slice(SCOPE.length))
    .toSorted();
}
