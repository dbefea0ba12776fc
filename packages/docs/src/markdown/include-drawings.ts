import type { Root } from "mdast";
import { visit } from "unist-util-visit";

const PLACE = /^<!-- draw: ([\w-]+) -->$/;

/**
 * Replaces each comment such as `<!-- draw: import-states -->` with a drawing. It is part of the page, so it follows the theme.
 *
 * @param drawings HTML by name
 * @throws {Error} naming a drawing that does not exist
 */
export function includeDrawings(drawings: Readonly<Record<string, string>>) {
  return () => (tree: Root) => {
    visit(tree, "html", (node) => {
      const [, name] = PLACE.exec(node.value) ?? [];
      if (name === undefined) return;
      const drawing = drawings[name];
      if (drawing === undefined) throw new Error(`There is no drawing ${name}. Add it to src/markdown/markdown.ts.`);
      node.value = drawing;
    });
  };
}
