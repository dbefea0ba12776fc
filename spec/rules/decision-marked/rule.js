/** @import { Oas3Rule, UserContext } from "@redocly/openapi-core" */

const MARK = "**Decided here:**";

/** The words of the mark with a colon, or at the start of a paragraph. */
const NEAR_MISS = /decided\s+here[\s*_]*:|(?:^|\n\s*\n)[\s*_#]*decided\s+here\b/i;

/**
 * A statement that is a decision of this contract, and not the vendor's, carries a mark that readers see and an extension
 * that tools find. Both stand on the same object, so that neither can be trusted less than the other.
 *
 * @type {Oas3Rule}
 */
export const decisionMarked = () => ({
  any: { enter: checkDecision },
  // What stands beside a $ref counts too, and only the visitor of $refs sees it.
  ref: { enter: checkDecision },
});

/**
 * @param {unknown} node
 * @param {UserContext} context
 */
function checkDecision(node, { report, location, type }) {
  // In a map, such as the properties of a schema, the keys are names and not keywords.
  if (typeof node !== "object" || node === null || type.extensionsPrefix === undefined) return;
  /** @type {{ summary?: unknown, description?: unknown, "x-decision"?: unknown }} */
  const { summary, description, "x-decision": decision } = node;
  const isDecision = decision !== undefined;
  const ofDescription = location.child("description");
  const ofDecision = location.child("x-decision").key();
  if (NEAR_MISS.test(String(summary))) {
    report({ message: "Move the decision from this summary to the description.", location: location.child("summary") });
  }
  if (isDecision && decision !== true) {
    report({ message: "Write x-decision: true, or remove it.", location: ofDecision });
    return;
  }
  const [before = "", ...statements] = String(description ?? "").split(MARK);
  if ([before, ...statements].some((text) => NEAR_MISS.test(text))) {
    report({ message: `Write the mark of a decision exactly as "${MARK}".`, location: ofDescription });
    return;
  }
  if (isDecision && statements.length === 0) {
    report({
      message: `Write "${MARK}" before the decision in this description, or remove x-decision.`,
      location: ofDecision,
    });
  }
  if (!isDecision && statements.length > 0) {
    report({
      message: "Add x-decision: true, since the description contains a decision.",
      location: ofDescription,
    });
  }
  if (!statements.every(canBeListed)) {
    report({
      message: `After "${MARK}", write a paragraph, a list, or a paragraph that ends with a colon and then a list. Such a list has "- " items, a blank line before it, and none between its items.`,
      location: ofDescription,
    });
  }
}

/**
 * Whether the list of decisions, spec/decisions.md, can contain what follows a mark.
 *
 * @param {string} statement
 */
function canBeListed(statement) {
  const [paragraph = "", list = "", next = ""] = statement.trimEnd().split(/[^\S\n]*\n\s*\n/);
  if (paragraph !== "" && (!/^ \S/.test(paragraph) || /\n\s*(?:[-*+]|\d+\.) /.test(paragraph))) return false;
  if (paragraph !== "" && !paragraph.endsWith(":")) return true;
  return list.startsWith("- ") && !/^(?:- | )/.test(next);
}
