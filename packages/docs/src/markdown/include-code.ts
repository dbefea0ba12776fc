import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Root } from "mdast";
import { visit } from "unist-util-visit";

const samples = new URL("../../../../examples/samples/", import.meta.url);
const FILE = /\bfile=(\S+)/;

/**
 * Fills each code block with a `file`, such as ` ```ts file=guides/quick-start.ts `, with the content of that sample. The tests run the
 * samples, so no code on the site is outdated.
 *
 * @throws {Error} naming a file that does not exist
 */
export function includeCode() {
  return (tree: Root) => {
    visit(tree, "code", (node) => {
      const [, file] = FILE.exec(node.meta ?? "") ?? [];
      if (file !== undefined) node.value = readFileSync(fileURLToPath(new URL(file, samples)), "utf8").trimEnd();
    });
  };
}
