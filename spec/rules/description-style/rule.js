/** @import { Oas3Rule, UserContext } from "@redocly/openapi-core" */

const missing = "Describe this in a sentence.";

/** @type {[kept: (description: string) => boolean, message: string][]} */
const conventions = [
  [(text) => /^[\p{Lu}\d`]/u.test(text), "Begin this description with a capital letter, a digit or `code`."],
  [(text) => endsWell(text.trimEnd()), "End this description with a period, or with a list, a table or a code block."],
  [(text) => !/\S {2}/.test(proseOf(text)), "Write one space between words."],
  [(text) => !/\b(?:TODO|FIXME|TBD)\b/.test(text), "Write what is still to be done here, or take it out."],
];

/**
 * The descriptions are the documentation: nobody writes a second text. So each thing that a reader can point at has one,
 * in sentences, that says more than its name.
 *
 * @type {Oas3Rule}
 */
export const descriptionStyle = () => ({
  Operation(operation, context) {
    checkDescription(operation, context, [operation.operationId, operation.summary]);
    const { description = "" } = operation;
    if (description.length > 0 && proseOf(description).trim().length < 40) {
      context.report({
        message: "Write at least 40 characters about this operation: what it does, and when to use it.",
        location: context.location.child("description"),
      });
    }
  },
  Parameter(parameter, context) {
    checkDescription(parameter, context, [parameter.name]);
  },
  Response(response, context) {
    checkDescription(response, context, [context.key]);
  },
  Header(header, context) {
    checkDescription(header, context, [context.key]);
  },
  Tag(tag, context) {
    checkDescription(tag, context, [tag.name]);
  },
  SchemaProperties(properties, { report, location }) {
    for (const [name, property] of Object.entries(properties)) {
      // A $ref leads to a description, and a boolean says only that the property may or may not be there.
      if (typeof property === "boolean" || property.$ref !== undefined) continue;
      if (property.description === undefined) report({ message: missing, location: location.child(name).key() });
    }
  },
  Schema(schema, context) {
    // A component stands in a file of its own, so it is the schema at the root of one.
    const check = context.location.pointer === "#/" ? checkDescription : checkStyle;
    check(schema, context, [context.key]);
  },
  // What stands beside a $ref counts too, and only the visitor of $refs sees it.
  ref(schema, context) {
    if (context.type.name === "Schema") checkStyle(schema, context, [context.key]);
  },
});

/**
 * @typedef {object} Described
 * @property {string} [$ref]
 * @property {string} [description]
 */

/**
 * @param {Described} node
 * @param {UserContext} context
 * @param {(string | number | undefined)[]} names
 */
function checkDescription(node, context, names) {
  if (node.description === undefined) context.report({ message: missing, location: context.location.key() });
  checkStyle(node, context, names);
}

/**
 * @param {Described} node
 * @param {UserContext} context
 * @param {(string | number | undefined)[]} names What the description must not merely say again.
 */
function checkStyle({ description }, { report, location }, names) {
  if (description === undefined) return;
  const place = location.child("description");
  for (const [kept, message] of conventions) {
    if (!kept(description)) report({ message, location: place });
  }
  if (names.some((name) => lettersOf(String(name)) === lettersOf(description))) {
    report({ message: "Say more than the name does: what it means, its unit, where it comes from.", location: place });
  }
}

/** @param {string} text */
function endsWell(text) {
  const lastLine = text.split("\n").at(-1) ?? "";
  return /[.:]$/.test(text) || /^\s*(?:[-*|]|\d+\.|```)/.test(lastLine);
}

/**
 * Without code and tables, where spaces are for alignment.
 *
 * @param {string} text
 */
function proseOf(text) {
  return text.replaceAll(/```.*?```|`[^`]*`/gs, "`").replaceAll(/^\s*\|.*$/gm, "");
}

/** @param {string} text */
function lettersOf(text) {
  return text.toLowerCase().replaceAll(/[^\p{L}\d]/gu, "");
}
