import type { Element, ElementContent, Root, RootContent } from "hast";

const MARK = "Decided here:";

/**
 * Marks the statements that are decisions of this contract: the paragraph that begins with **Decided here:**, and the list that
 * follows it if the paragraph ends with a colon.
 */
export function markDecisions() {
  return (tree: Root) => {
    tree.children = marked(tree.children);
  };
}

function marked(nodes: readonly RootContent[]): RootContent[] {
  const result: RootContent[] = [];
  let open: Element | undefined;
  for (const node of nodes) {
    if (node.type === "element" && isDecision(node)) {
      open = { type: "element", tagName: "div", properties: { className: ["decision"] }, children: [node] };
      result.push(open);
    } else if (open && node.type === "element" && (node.tagName === "ul" || node.tagName === "ol")) {
      open.children.push(node);
      open = undefined;
    } else if (open && isSpace(node)) {
      open.children.push(node as ElementContent);
    } else {
      open = undefined;
      result.push(node);
    }
  }
  return result;
}

/** A paragraph in which a sentence begins with the mark. */
function isDecision(node: Element): boolean {
  return node.tagName === "p" && node.children.some((child) => isMark(child));
}

function isMark(node: ElementContent): boolean {
  const [text] = node.type === "element" && node.tagName === "strong" ? node.children : [];
  return text?.type === "text" && text.value === MARK;
}

function isSpace(node: RootContent): boolean {
  return node.type === "text" && node.value.trim() === "";
}
