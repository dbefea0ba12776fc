import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files of the repository, with changes that are written all at once. */
export class Tree {
  readonly #root: string;
  readonly #changes = new Map<string, string>();

  /** @param root folder of the repository */
  constructor(root: string) {
    this.#root = root;
  }

  /** Paths of the changed files, relative to the root. */
  get changed(): string[] {
    return [...this.#changes.keys()];
  }

  has(path: string): boolean {
    return this.#changes.has(path) || existsSync(join(this.#root, path));
  }

  read(path: string): string {
    return this.#changes.get(path) ?? readFileSync(join(this.#root, path), "utf8");
  }

  /** @throws {Error} if the file exists */
  create(path: string, text: string): void {
    if (this.has(path)) throw new Error(`${path} exists. Choose another name, or delete the file.`);
    this.#changes.set(path, text);
  }

  /** @throws {Error} if the change has no effect, because the file no longer has the expected form */
  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after === before) throw new Error(`${path} has no place for the new lines. Update scripts/new.`);
    this.#changes.set(path, after);
  }

  write(): void {
    for (const [path, text] of this.#changes) {
      mkdirSync(dirname(join(this.#root, path)), { recursive: true });
      writeFileSync(join(this.#root, path), text);
    }
  }
}

/**
 * Inserts an entry into a list, before the first entry that follows it in the order of characters. An entry ends before the next line
 * that is not indented further.
 *
 * @param first matches the first line of every entry
 */
export function insertSorted(text: string, first: RegExp, entry: string): string {
  const lines = text.split("\n");
  const starts = lines.flatMap((line, at) => (first.test(line) ? [at] : []));
  const last = starts.at(-1);
  if (last === undefined) return text;
  // Without punctuation, a path precedes those that begin with it.
  const keyOf = (line = "") => line.replace(/[:,]$/, "");
  const [head = ""] = entry.split("\n");
  const next = starts.find((at) => keyOf(lines[at]) > keyOf(head)) ?? endOf(lines, last);
  return [...lines.slice(0, next), entry, ...lines.slice(next)].join("\n");
}

function endOf(lines: readonly string[], start: number): number {
  const indentOf = (line = "") => line.length - line.trimStart().length;
  const end = lines.findIndex((line, at) => at > start && indentOf(line) <= indentOf(lines[start]));
  return end === -1 ? lines.length : end;
}
