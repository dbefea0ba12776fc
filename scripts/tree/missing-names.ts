import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

export interface MissingName {
  readonly file: string;
  /** Starts at 1. */
  readonly line: number;
  readonly text: string;
}

/** A path: words with a slash between or at the end, a dot in the name, or a glob. A word in angle brackets stands for any name. */
const PATH = /^[\w.@*<>-]*(?:\/[\w.@*{}<>,-]+)*(?:\/|\.(?:ts|js|json|ya?ml|md))$|^[\w.-]+(?:\/[\w.@*{}<>,-]+)+$/;
const COMMAND = /^npx -y pnpm@12 (?:run )?([\w:-]+)/;
/** Commands of pnpm itself. */
const BUILT_IN = ["install", "exec", "changeset"];

/**
 * Finds the names in a page, in backticks or as the target of a link, that the repository does not have. A row of a table, or an
 * item of a list, can begin with a folder, in which its other names are: "In `packages/server/src`: `operations`, `http`".
 */
export async function missingNames(root: string, page: string): Promise<MissingName[]> {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    await readFile(join(root, "package.json"), "utf8"),
  );
  const lines = (await readFile(join(root, page), "utf8")).split("\n");
  let folders: string[] = [];
  return lines.flatMap((text, index) => {
    if (!/^\s+\S/.test(text)) folders = [];
    const missing = namesIn(text).filter((name) => {
      const command = COMMAND.exec(name)?.[1];
      if (command !== undefined) return !BUILT_IN.includes(command) && !(command in scripts);
      if (!PATH.test(name) || name.startsWith("@")) return false;
      const found = ["", ...folders].find((folder) => exists(root, join(folder, name)));
      if (found === undefined) return true;
      const path = join(found, name);
      if (!/\.\w+$/.test(path)) folders = [path, ...folders];
      return false;
    });
    return missing.map((name) => ({ file: page, line: index + 1, text: `there is no ${name}` }));
  });
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
