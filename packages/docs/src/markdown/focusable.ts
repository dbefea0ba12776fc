import type { Element, Root } from "hast";
import { visit } from "unist-util-visit";

/**
 * Lets the keyboard scroll everything that may be wider than the page: code, and tables, each in a box. Also turns an empty header
 * of a table into a cell, because a screen reader would announce a header without a name.
 */
export function focusable() {
  return (tree: Root) => {
    const tables: (() => void)[] = [];
    visit(tree, "element", (node: Element, index, parent) => {
      if (node.tagName === "pre") node.properties["tabIndex"] = 0;
      if (node.tagName === "th" && node.children.length === 0) node.tagName = "td";
      if (node.tagName !== "table" || index === undefined || parent === undefined) return;
      tables.push(() => {
        parent.children[index] = box(node);
      });
    });
    for (const wrap of tables) wrap();
  };
}

function box(table: Element): Element {
  return { type: "element", tagName: "div", properties: { className: ["wide"], tabIndex: 0 }, children: [table] };
}
