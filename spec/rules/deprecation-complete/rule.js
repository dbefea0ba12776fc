import { basename } from "node:path";

/** @import { Location, Oas3Rule, UserContext } from "@redocly/openapi-core" */

/** How long something stays after it is deprecated, at least. docs/versioning.md promises it. */
const WINDOW_MONTHS = 12;

/**
 * "Deprecated" alone leaves a consumer with three questions: since when, until when does it work, and what replaces it?
 * The server, the types and `run diff` read the same object, so it must be complete.
 *
 * @type {Oas3Rule}
 */
export const deprecationComplete = () => {
  /** What may replace something: the names of what is not deprecated, by kind. */
  const names = {
    operation: new Set(),
    parameter: new Set(),
    header: new Set(),
    property: new Set(),
    schema: new Set(),
  };
  /** @type {(() => void)[]} */
  const checksAtEnd = [];

  /**
   * @param {object} node
   * @param {UserContext} context
   */
  function check(node, context) {
    const { location, report } = context;
    const kind = kindOf(context);
    if (!isDeprecated(node)) names[kind].add(nameOf(node, location));
    const replacement = checkAnnouncement(node, context);
    if (replacement === undefined) return;
    const siblings = kind === "property" ? siblingsOf(context) : [];
    checksAtEnd.push(() => {
      if (siblings.includes(replacement) || names.operation.has(replacement)) return;
      if (kind !== "property" && names[kind].has(replacement)) return;
      const kinds = kind === "operation" ? kind : `operation or ${kind}`;
      report({
        message: `Name an ${kinds} that exists and is not deprecated, or write null if nothing replaces this.`,
        location: location.child(["x-deprecation", "replacement"]),
      });
    });
  }

  return {
    Root: {
      leave() {
        for (const checkReplacement of checksAtEnd) checkReplacement();
      },
    },
    Operation: check,
    Parameter: check,
    Header: check,
    HeadersMap(headers) {
      for (const name of Object.keys(headers)) names.header.add(name);
    },
    Schema: check,
    // A property may be deprecated beside its $ref, where only the visitor of $refs sees it.
    ref(node, context) {
      if (context.type.name === "Schema") check(node, context);
    },
  };
};

/**
 * @param {UserContext} context
 * @returns {"operation" | "parameter" | "header" | "property" | "schema"}
 */
function kindOf({ type, location }) {
  if (type.name === "Operation") return "operation";
  if (type.name === "Parameter") return "parameter";
  if (type.name === "Header") return "header";
  return /\/properties\/[^/]+$/.test(location.pointer) ? "property" : "schema";
}

/**
 * Returns the name of an operation, a parameter or a component; the file of a component has its name.
 *
 * @param {object} node
 * @param {Location} location
 */
function nameOf(node, { pointer, source }) {
  if ("operationId" in node) return node.operationId;
  if ("name" in node) return node.name;
  return pointer === "#/" ? basename(source.absoluteRef, ".yaml") : pointer.slice(pointer.lastIndexOf("/") + 1);
}

/**
 * Returns the properties of the same object that are not deprecated.
 *
 * @param {UserContext} context
 */
function siblingsOf({ parent }) {
  return Object.entries(Object(parent)).flatMap(([name, schema]) => (isDeprecated(Object(schema)) ? [] : [name]));
}

/**
 * Returns the name of the replacement, if the node has an announcement with one.
 *
 * @param {object} node
 * @param {UserContext} context
 * @returns {string | undefined}
 */
function checkAnnouncement(node, { report, location }) {
  const announcement = new Map(Object.entries(node)).get("x-deprecation");
  const place = location.child("x-deprecation");
  if (announcement === undefined) {
    if (isDeprecated(node))
      report({
        message: "Add x-deprecation, with since, sunset and replacement.",
        location: location.child("deprecated").key(),
      });
    return undefined;
  }
  if (!isDeprecated(node)) report({ message: "Add deprecated: true, or remove x-deprecation.", location: place.key() });
  if (String(Object.keys(Object(announcement)).sort()) !== "replacement,since,sunset") {
    report({ message: "Write exactly since, sunset and replacement in x-deprecation.", location: place.key() });
    return undefined;
  }
  const { since, sunset, replacement } = announcement;
  for (const [key, value] of Object.entries({ since, sunset }))
    if (!isDate(value)) report({ message: `Write ${key} as a date, YYYY-MM-DD.`, location: place.child(key) });
  if (isDate(since) && isDate(sunset) && sunset < earliestSunset(since))
    report({
      message: `Write ${earliestSunset(since)} or a later date: what is deprecated stays for at least ${WINDOW_MONTHS} months.`,
      location: place.child("sunset"),
    });
  if (replacement === null) return undefined;
  if (typeof replacement === "string") return replacement;
  report({ message: "Write a name, or null if nothing replaces this.", location: place.child("replacement") });
  return undefined;
}

/** @param {string} since */
function earliestSunset(since) {
  const date = new Date(since);
  date.setUTCMonth(date.getUTCMonth() + WINDOW_MONTHS);
  return date.toISOString().slice(0, 10);
}

/** @param {object} node */
function isDeprecated(node) {
  return "deprecated" in node && node.deprecated === true;
}

/**
 * A date rolls over at the end of a month, so only the round trip shows that the calendar has it.
 *
 * @param {unknown} value
 * @returns {value is string}
 */
function isDate(value) {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
