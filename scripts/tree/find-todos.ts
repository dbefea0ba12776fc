import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Todo {
  /** Path of the file, relative to the folder. */
  readonly file: string;
  /** Starts at 1. */
  readonly line: number;
  readonly text: string;
}

/** The templates of `pnpm run new:…`, the rule about descriptions, their tests, and generated code. */
const EXCLUDED = /^(?:scripts\/(?:new|tree)\/|spec\/rules\/description-style\/|packages\/\w+\/src\/generated\/)/;
const TEXT = /\.(?:[cm]?[jt]sx?|astro|json|md|py|sh|ya?ml)$/;
const MARK = /\bTODO(?::|$)/m;

/** Finds the marks that `pnpm run new:…` leaves where something must be filled in, in all files that Git does not ignore. */
export async function findTodos(folder: string): Promise<Todo[]> {
  const options = ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "-z"];
  const { stdout } = await promisify(execFile)("git", options, { cwd: folder, maxBuffer: 2 ** 26 });
  const files = stdout.split("\0").filter((file) => TEXT.test(file) && !EXCLUDED.test(file));
  return (await Promise.all(files.map((file) => todosIn(folder, file)))).flat();
}

async function todosIn(folder: string, file: string): Promise<Todo[]> {
  // A file that was deleted, but is still in the index.
  const source = await readFile(join(folder, file), "utf8").catch(() => "");
  return source
    .split("\n")
    .flatMap((text, index) => (MARK.test(text) ? [{ file, line: index + 1, text: text.trim() }] : []));
}
