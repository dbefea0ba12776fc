import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface MissingName {
  readonly file: string;
  /** Starts at 1. */
  readonly line: number;
  readonly text: string;
}

/** A path: words with a slash between or at the end, a dot in the name, or a glob. A word in angle brackets stands for any name. */
const PATH =
  /^(?!@)[\w.@*<>-]*(?:\/[\w.@*{}<>,-]+)*(?:\/|\.(?:ts|js|json|ya?ml|md))$|^(?!@)[\w.-]+(?:\/[\w.@*{}<>,-]+)+$/;
const COMMAND = /^npx -y pnpm@12 (?:run )?([a-z][\w:-]*)/;
/** Commands of pnpm itself. */
const BUILT_IN = ["install", "exec", "changeset"];

/**
 * Finds the names in a page, in backticks or as the target of a link, that the repository does not have. In a line and the indented
 * lines after it, a name may be relative to a folder that another name contains: `packages/server/src/http`, `operations`.
 */
export async function missingNames(root: string, page: string): Promise<MissingName[]> {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    await readFile(join(root, "package.json"), "utf8"),
  );
  const lines = (await readFile(join(root, page), "utf8"))
    .split("\n")
    .map((text, index) => ({ text, line: index + 1 }));
  return blocksOf(lines).flatMap((block) => {
    const names = block.flatMap(({ text, line }) => namesIn(text).map((name) => ({ name, line })));
    const folders = names
      .filter(({ name }) => PATH.test(name) && exists(root, name))
      .flatMap(({ name }) => ancestorsOf(name));
    return names
      .filter(({ name }) => {
        const [, command] = COMMAND.exec(name) ?? [];
        if (command !== undefined) return !BUILT_IN.includes(command) && !(command in scripts);
        return PATH.test(name) && ![".", ...folders].some((folder) => exists(root, join(folder, name)));
      })
      .map(({ name, line }) => ({ file: page, line, text: `there is no ${name}` }));
  });
}

/** Joins each line with the indented lines after it. */
function blocksOf<Line extends { text: string }>(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  for (const line of lines) {
    if (/^\s+\S/.test(line.text)) blocks.at(-1)?.push(line);
    else blocks.push([line]);
  }
  return blocks;
}

function ancestorsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === "." ? [path] : [path, ...ancestorsOf(parent)];
}

function namesIn(text: string): string[] {
  const code = [...text.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  const links = [...text.matchAll(/\]\(([^)#]+)/g)].map(([, name = ""]) => name).filter((name) => !name.includes(":"));
  return [...code, ...links];
}

function exists(root: string, path: string): boolean {
  const pattern = path.replaceAll(/<[^>]*>|NNNN-title/g, "*").replace(/\/$/, "");
  return globSync(pattern, { cwd: root, exclude: (name) => name === "node_modules" }).length > 0;
}
