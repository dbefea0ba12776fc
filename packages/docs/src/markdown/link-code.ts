import type { Element, Root, RootContent } from "hast";
import { SKIP, visit } from "unist-util-visit";

/**
 * Links each inline code that names an operation, a schema or another entry of the reference to its page.
 *
 * @param pageOf the URL of the page of a name; `undefined` if it has none
 */
export function linkCode(pageOf: (name: string) => string | undefined) {
  return () => (tree: Root) => {
    visit(tree, "element", (node: Element, index, parent) => {
      if (node.tagName === "a" || node.tagName === "pre") return SKIP;
      if (node.tagName !== "code" || index === undefined || parent === undefined) return;
      const [text] = node.children;
      const href = text?.type === "text" ? pageOf(text.value) : undefined;
      if (href === undefined) return;
      const link: RootContent = { type: "element", tagName: "a", properties: { href }, children: [node] };
      parent.children[index] = link;
      return SKIP;
    });
  };
}
