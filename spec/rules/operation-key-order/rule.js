import { isMap, parseDocument } from "yaml";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

const order = [
  "operationId",
  "summary",
  "description",
  "x-decision",
  "externalDocs",
  "tags",
  "deprecated",
  "x-deprecation",
  "servers",
  "security",
  "x-repeatable",
  "parameters",
  "requestBody",
  "responses",
];

/**
 * Every operation reads in the same order, from its name to what can go wrong, so the eye finds what it looks for.
 *
 * @type {Oas3Rule}
 */
export const operationKeyOrder = () => ({
  Operation(operation, { report, location }) {
    const keys = Object.keys(operation);
    for (const unknown of keys.filter((key) => !order.includes(key))) {
      report({
        message: `Remove "${unknown}", or give it a place in the order of keys: ${order.join(", ")}.`,
        location: location.child(unknown).key(),
      });
    }
    const known = keys.filter((key) => order.includes(key));
    for (const [key, later] of misplaced(known, (a, b) => order.indexOf(a) - order.indexOf(b))) {
      report({ message: `Move "${key}" up, before "${later}".`, location: location.child(key).key() });
    }
  },
  Responses(_, { report, location }) {
    for (const [status, later] of misplaced(keysAsWritten(location), (a, b) => (a < b ? -1 : 1))) {
      report({
        message: `Move ${status} up, before ${later}: responses stand in the order of their status.`,
        location: location.child(status).key(),
      });
    }
  },
});

/**
 * The keys that stand behind one that belongs behind them, each with the first such one.
 *
 * @param {string[]} keys
 * @param {(a: string, b: string) => number} compare
 * @returns {[key: string, later: string][]}
 */
function misplaced(keys, compare) {
  return keys.flatMap((key, index) => {
    const later = keys.slice(0, index).find((earlier) => compare(earlier, key) > 0);
    return later === undefined ? [] : [[key, later]];
  });
}

/**
 * JavaScript sorts keys that look like integers, so the order of statuses has to come from the text.
 *
 * @param {import("@redocly/openapi-core").Location} location
 */
function keysAsWritten({ source, pointer }) {
  const path = pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  const node = parseDocument(source.body).getIn(path);
  return isMap(node) ? node.items.map(({ key }) => String(key)) : [];
}
