/** @import { Oas3Rule } from "@redocly/openapi-core" */

const MARK = "**Decided here:**";

/**
 * A statement that is a decision of this contract, and not the vendor's, carries a mark that readers see and an extension
 * that tools find. Both stand on the same object, so that neither can be trusted less than the other.
 *
 * @type {Oas3Rule}
 */
export const decisionMarked = () => ({
  any: {
    enter(node, { report, location }) {
      if (typeof node !== "object" || node === null) return;
      const isDecision = "x-decision" in node;
      if (isDecision && node["x-decision"] !== true) {
        report({ message: "Write x-decision: true, or remove it.", location: location.child("x-decision").key() });
        return;
      }
      const [, ...statements] = String(node.description ?? "").split(MARK);
      if (isDecision && statements.length === 0) {
        report({
          message: `Write "${MARK}" before the decision in this description, or remove x-decision.`,
          location: location.child("x-decision").key(),
        });
      }
      if (!isDecision && statements.length > 0) {
        report({
          message: "Add x-decision: true, since the description contains a decision.",
          location: location.child("description"),
        });
      }
      if (statements.some((statement) => !/^(?: \S|\n\n- \S)/.test(statement))) {
        report({
          message: `Write the decision after "${MARK}" in the same paragraph, or as a list that follows a blank line.`,
          location: location.child("description"),
        });
      }
    },
  },
});
