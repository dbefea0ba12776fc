/** @import { Oas3Rule, UserContext } from "@redocly/openapi-core" */

/**
 * "Deprecated" alone leaves a consumer with two questions: until when does it work, and what do I use instead?
 *
 * @type {Oas3Rule}
 */
export const deprecatedReplacement = () => ({
  Operation: checkDeprecation,
  Parameter: checkDeprecation,
  Header: checkDeprecation,
  Schema: checkDeprecation,
  // A property may be deprecated beside its $ref, where only the visitor of $refs sees it.
  ref: checkDeprecation,
});

/**
 * @param {object} node
 * @param {UserContext} context
 */
function checkDeprecation(node, { report, location }) {
  const keys = new Map(Object.entries(node));
  if (keys.get("deprecated") !== true) return;
  if (!isDate(keys.get("x-sunset"))) {
    report({
      message: "Add x-sunset, the last day that this works, as YYYY-MM-DD.",
      location: location.child("deprecated"),
    });
  }
  const replacement = keys.get("x-replaced-by");
  if (typeof replacement !== "string" || replacement.trim() === "") {
    report({ message: "Add x-replaced-by, the name of what to use instead.", location: location.child("deprecated") });
  }
}

/**
 * A date rolls over at the end of a month, so only the round trip shows that the calendar has it.
 *
 * @param {unknown} value
 */
function isDate(value) {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
